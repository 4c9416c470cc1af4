import Stripe from 'stripe';
import { forUpdate, log, tx } from '../database.js';
import { RuleBroken, Unavailable } from '../errors.js';
import { AuditLog, Order, Purchase, type User } from '../models/index.js';
import { GOES_BACK } from '../models/purchase.js';
import { expirePurchase } from './apply.js';
import { lockPurchase } from './lock-purchase.js';
import { settleSession } from './settle.js';
import { stripe } from './stripe.js';
import { syncRefunds } from './sync-refunds.js';

/**
 * A purchase whose payment does not add up waits for one of three words of a person. None of them delivers for a payment
 * that Stripe does not call right: what was paid is worth what was sold, to the unit.
 */

/** Looks at the payment again, and takes it if it adds up by now. Throws RuleBroken when it does not, Unavailable. */
export async function checkAgain(purchaseId: string, staff: User) {
  const { stripeSessionId } = await inReview(purchaseId);
  const settled = stripeSessionId && (await asked(() => settleSession(stripeSessionId)));
  if (settled && settled.goesBack()) throw new RuleBroken('errors.desk.goesBack');
  if (!settled || settled.state !== 'paid') throw new RuleBroken('errors.desk.stillWrong');
  await tx(() => record(staff, 'accept_payment', purchaseId, 'paid', null));
}

/**
 * Sends the whole payment back; the purchase ends when Stripe says that it went through. That it goes back is written
 * down before Stripe is asked, so that nobody delivers meanwhile; if no answer comes, it is decided once more. Throws
 * RuleBroken, Unavailable.
 */
export async function returnPayment(purchaseId: string, why: string, staff: User) {
  const purchase = await inReview(purchaseId);
  if (!purchase.paymentIntent) throw new RuleBroken('errors.desk.noPayment');
  const decision = await tx(async () => {
    const locked = await inReview(purchaseId);
    const entry = await record(staff, 'return_payment', purchaseId, 'review', why);
    await locked.update({ reviewReason: GOES_BACK });
    return entry.id;
  });
  await asked(async () => {
    await sendTheRest(purchase, decision);
    await syncRefunds(purchase);
  });
}

/** Asks for what is neither back nor on its way back already, and tells the timeline what was asked for. */
async function sendTheRest({ id, paymentIntent }: Purchase, decision: string) {
  const payment_intent = paymentIntent!;
  const { amount_received } = await stripe.paymentIntents.retrieve(payment_intent);
  const { data } = await stripe.refunds.list({ payment_intent, limit: 100 });
  const returned = data
    .filter(({ status }) => status !== 'failed' && status !== 'canceled')
    .reduce((sum, { amount }) => sum + amount, 0);
  const amount = amount_received - returned;
  if (amount <= 0) return tell(id, 'All of it is back or on its way back already', { returned });
  const { id: stripe_refund } = await stripe.refunds.create(
    { payment_intent, amount, metadata: { purchase_id: id } },
    // Decided once more, it is another request: Stripe repeats an error for the same key.
    { idempotencyKey: `rv:${decision}:${returned}` },
  );
  await tell(id, 'What was left of it is on its way back', { stripe_refund, amount, returned });
}

async function tell(purchaseId: string, message: string, details: object) {
  for (const order of await Order.findAll({ where: { purchaseId } }))
    await order.note('refund', message, details, 'stripe');
}

/** Ends a purchase for which there is no payment: its stock goes back. Throws RuleBroken when there is one. */
export async function closeUnpaid(purchaseId: string, why: string, staff: User) {
  await tx(async () => {
    const { paymentIntent } = await inReview(purchaseId);
    if (paymentIntent) throw new RuleBroken('errors.desk.hasPayment');
    await record(staff, 'close_unpaid', purchaseId, 'expired', why);
    await expirePurchase(purchaseId, 'No payment was found');
  });
}

/** Throws RuleBroken when a colleague was faster. Locked inside a transaction. */
async function inReview(id: string): Promise<Purchase> {
  const purchase = await Purchase.findByPk(id, { rejectOnEmpty: true, ...forUpdate });
  if (purchase.state !== 'review') throw new RuleBroken('errors.desk.notInReview');
  return purchase;
}

async function record(staff: User, action: string, purchaseId: string, state: string, why: string | null) {
  const { purchase, orders } = await lockPurchase(purchaseId);
  const { reviewReason } = purchase;
  for (const order of orders) await order.note('decision', WORDS[action]!, null, staff.id);
  return AuditLog.record(
    staff,
    action,
    purchase,
    { state: 'review', reviewReason },
    { state, ...(why && { why }) },
  );
}

const WORDS: Record<string, string> = {
  accept_payment: 'Staff looked at the payment again: it adds up',
  return_payment: GOES_BACK,
  close_unpaid: 'Staff found no payment',
};

async function asked<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (err) {
    if (err instanceof Stripe.errors.StripeInvalidRequestError)
      throw new RuleBroken('errors.desk.stripeRefuses', { code: err.code ?? err.type });
    log.error({ err }, 'Stripe gave no answer to staff');
    throw new Unavailable('errors.desk.stripeSilent');
  }
}
