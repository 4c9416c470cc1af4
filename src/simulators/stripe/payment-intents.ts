import { newId, nowSeconds, type Charge, type PaymentIntent, type Session } from './objects.js';
import type { Till } from './till.js';

/** Made at the first attempt to pay, as on Stripe. */
export function intentFor(till: Till, session: Session): PaymentIntent {
  if (session.payment_intent) return till.books.intent(session.payment_intent);
  const { payment } = till.books.basket(session.id);
  return till.books.intents.put({
    id: newId('pi'),
    object: 'payment_intent',
    status: 'requires_payment_method',
    amount: session.amount_total,
    amount_received: 0,
    currency: session.currency,
    customer: session.customer,
    description: payment.description,
    receipt_email: payment.receipt_email,
    latest_charge: null,
    last_payment_error: null,
    payment_method_types: session.payment_method_types,
    metadata: payment.metadata,
    created: nowSeconds(),
    livemode: false,
  });
}

export function captureCharge(
  till: Till,
  session: Session,
  intent: PaymentIntent,
  method: Charge['payment_method_details'],
) {
  const charge = till.books.charges.put(newCharge(till, session, intent, method));
  const paidIntent = till.books.intents.put({
    ...intent,
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: charge.id,
    last_payment_error: null,
  });
  return { charge, paidIntent };
}

function newCharge(
  till: Till,
  session: Session,
  intent: PaymentIntent,
  method: Charge['payment_method_details'],
): Charge {
  const id = newId('ch');
  return {
    id,
    object: 'charge',
    status: 'succeeded',
    amount: intent.amount,
    amount_captured: intent.amount,
    amount_refunded: 0,
    refunded: false,
    disputed: false,
    paid: true,
    captured: true,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    billing_details: { email: session.customer_details?.email ?? null },
    payment_intent: intent.id,
    payment_method_details: method,
    receipt_email: intent.receipt_email,
    receipt_url: `${till.url}/receipts/${id}`,
    metadata: intent.metadata,
    created: nowSeconds(),
    livemode: false,
  };
}
