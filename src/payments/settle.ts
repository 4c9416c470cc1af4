import type Stripe from 'stripe';
import { Purchase } from '../models/index.js';
import { settings } from '../settings.js';
import { awaitFunds, expirePurchase, holdForReview, payPurchase } from './apply.js';
import { stripe } from './stripe.js';
import { syncRefunds } from './sync-refunds.js';

/** A session that no purchase of ours names (yet): the caller keeps the event and tries again. */
export class UnknownSession extends Error {}

/**
 * Brings a purchase to where Stripe says its session is. The one function that webhook, return page and sweeper call:
 * it believes Stripe's API, never an event's payload, and may run any number of times, at once.
 * Throws UnknownSession, or Stripe's error when it cannot be asked.
 */
export async function settleSession(sessionId: string): Promise<Purchase> {
  const session = await stripe.checkout.sessions.retrieve(sessionId, {
    expand: ['payment_intent.latest_charge'],
  });
  const purchase = await purchaseOf(session);
  await settle(purchase, session);
  return purchase.reload();
}

async function settle(purchase: Purchase, session: Stripe.Checkout.Session) {
  // A session that was replaced before its address reached anybody.
  if (purchase.stripeSessionId && purchase.stripeSessionId !== session.id && session.status !== 'complete')
    return;
  if (session.status === 'expired') return expirePurchase(purchase.id, 'The payment page expired');
  if (session.status !== 'complete') return undefined;
  const intent = session.payment_intent as Stripe.PaymentIntent | null;
  if (session.payment_status === 'unpaid') {
    return transferFailed(intent)
      ? expirePurchase(purchase.id, 'The bank transfer failed')
      : awaitFunds(purchase.id);
  }
  const doubt = whatDoesNotAddUp(purchase, session);
  if (doubt) return holdForReview(purchase.id, doubt, intent?.id ?? null);
  const charge = (intent?.latest_charge ?? null) as Stripe.Charge | null;
  const holdReason = troubleWith(charge);
  await payPurchase(purchase.id, {
    paymentId: intent?.id ?? session.id,
    receiptUrl: charge?.receipt_url ?? null,
    holdReason,
  });
  if (holdReason === 'foreign_refund') await syncRefunds(await purchase.reload());
}

async function purchaseOf(session: Stripe.Checkout.Session): Promise<Purchase> {
  const purchase =
    (await Purchase.findOne({ where: { stripeSessionId: session.id } })) ??
    (await Purchase.findByPk(session.metadata?.purchase_id ?? ''));
  if (!purchase) throw new UnknownSession(`No purchase for session ${session.id}`);
  return purchase;
}

const transferFailed = (intent: Stripe.PaymentIntent | null) =>
  intent?.status === 'canceled' || intent?.status === 'requires_payment_method';

function whatDoesNotAddUp(purchase: Purchase, session: Stripe.Checkout.Session): string | null {
  if (session.livemode !== settings.stripe.livemode) return 'The payment is of the other mode (live or test)';
  if (session.currency?.toUpperCase() !== purchase.currency)
    return `Paid in ${session.currency}, not ${purchase.currency}`;
  if (session.amount_total !== purchase.totalMinor)
    return `Paid ${session.amount_total}, not ${purchase.totalMinor}`;
  return null;
}

/** What overtook the payment: Stripe sends its events in no order. */
function troubleWith(charge: Stripe.Charge | null) {
  if (charge?.disputed) return 'dispute';
  return charge && charge.amount_refunded > 0 ? 'foreign_refund' : null;
}
