import { dispute } from './disputes.js';
import { declineOf, isDisputed, lastFour, type Decline } from './cards.js';
import { captureCharge, intentFor } from './payment-intents.js';
import { type Charge, type PaymentIntent, type Session } from './objects.js';
import { invalid } from './refusal.js';
import { findSession } from './sessions.js';
import type { Till } from './till.js';

/** A declined card leaves the session open for another attempt. */
export function payByCard(till: Till, sessionId: string, number: string): Session {
  const session = payable(till, sessionId, 'card');
  const decline = declineOf(number);
  const intent = intentFor(till, session);
  if (decline) return declined(till, session, intent, decline);
  return paid(till, session, intent, { type: 'card', card: { last4: lastFour(number) } });
}

export function payByPaypal(till: Till, sessionId: string): Session {
  const session = payable(till, sessionId, 'paypal');
  return paid(till, session, intentFor(till, session), { type: 'paypal' });
}

/** The session is complete, the money is still on its way. */
export function promiseTransfer(till: Till, sessionId: string): Session {
  const session = payable(till, sessionId, 'customer_balance');
  const intent = till.books.intents.put({ ...intentFor(till, session), status: 'requires_action' });
  return completed(till, { ...session, payment_intent: intent.id, payment_status: 'unpaid' });
}

export function transferArrives(till: Till, sessionId: string): Session {
  const { session, intent } = awaited(till, sessionId);
  capture(till, session, intent, { type: 'customer_balance' });
  const settled = till.books.sessions.put({ ...session, payment_status: 'paid' });
  till.webhooks.announce('checkout.session.async_payment_succeeded', settled);
  return settled;
}

export function transferFails(till: Till, sessionId: string): Session {
  const { session, intent } = awaited(till, sessionId);
  refuse(till, intent, {
    code: 'payment_intent_payment_attempt_failed',
    message: 'The bank transfer did not arrive.',
  });
  till.webhooks.announce('checkout.session.async_payment_failed', session);
  return session;
}

/** Nothing to pay, so there is no payment intent either. */
export function completeForFree(till: Till, sessionId: string): Session {
  const session = findSession(till, sessionId);
  if (session.status !== 'open' || session.amount_total > 0)
    throw invalid('This Checkout Session needs a payment.');
  return completed(till, session);
}

function payable(till: Till, sessionId: string, method: string) {
  const session = findSession(till, sessionId);
  if (session.status !== 'open') throw invalid(`This Checkout Session is ${session.status}.`);
  if (!session.payment_method_types.includes(method))
    throw invalid(`This Checkout Session does not offer ${method}.`);
  return session;
}

function awaited(till: Till, sessionId: string) {
  const session = findSession(till, sessionId);
  const intent = session.payment_intent && till.books.intent(session.payment_intent);
  if (!intent || intent.status !== 'requires_action')
    throw invalid('No bank transfer is expected for this session.');
  return { session, intent };
}

function paid(till: Till, session: Session, intent: PaymentIntent, method: Charge['payment_method_details']) {
  const charge = capture(till, session, intent, method);
  const done = completed(till, { ...session, payment_intent: intent.id, payment_status: 'paid' });
  if (isDisputed(method.card?.last4)) dispute(till, charge);
  return done;
}

function declined(till: Till, session: Session, intent: PaymentIntent, decline: Decline) {
  refuse(till, intent, decline);
  return till.books.sessions.put({ ...session, payment_intent: intent.id });
}

function capture(
  till: Till,
  session: Session,
  intent: PaymentIntent,
  method: Charge['payment_method_details'],
) {
  const { charge, paidIntent } = captureCharge(till, session, intent, method);
  till.webhooks.announce('charge.succeeded', charge);
  till.webhooks.announce('payment_intent.succeeded', paidIntent);
  return charge;
}

function refuse(till: Till, intent: PaymentIntent, decline: Decline) {
  const refused = till.books.intents.put({
    ...intent,
    status: 'requires_payment_method',
    last_payment_error: { type: 'card_error', ...decline },
  });
  till.webhooks.announce('payment_intent.payment_failed', refused);
}

function completed(till: Till, session: Session) {
  const done = till.books.sessions.put({ ...session, status: 'complete', url: null });
  till.webhooks.announce('checkout.session.completed', done);
  return done;
}
