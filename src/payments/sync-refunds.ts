import type Stripe from 'stripe';
import { log, tx } from '../database.js';
import { clock } from '../lib/clock.js';
import { Order, Refund, type Purchase } from '../models/index.js';
import { expirePurchase } from './apply.js';
import { liftHold } from './lift-hold.js';
import { applyRefund } from './refund.js';
import { stripe } from './stripe.js';

const HOLD = 'foreign_refund';

/**
 * Takes over the whole list of a payment's refunds, ours and those made in Stripe's dashboard. A foreign one is matched
 * to the orders that it returns exactly; while one is under way or fits none, what is not delivered waits for a person.
 */
export async function syncRefunds(purchase: Purchase) {
  const { data } = await stripe.refunds.list({ payment_intent: purchase.paymentIntent!, limit: 100 });
  if (purchase.state === 'review' || purchase.goesBack()) return closeReview(purchase, data);
  let unmatched = false;
  for (const answer of data.toReversed()) {
    const orders = await Order.findAll({ where: { purchaseId: purchase.id }, include: 'refund' });
    if (!(await match(answer, orders))) unmatched = true;
  }
  await (unmatched ? hold(purchase) : lift(purchase));
}

/** Returns whether the refund has found its order, or does not matter. */
async function match(answer: Stripe.Refund, orders: Order[]): Promise<boolean> {
  const known = await Refund.findOne({ where: { stripeRefundId: answer.id } });
  if (known) {
    await applyRefund(known, answer);
    return true;
  }
  if (answer.status === 'failed' || answer.status === 'canceled') return true;
  const named = orders.find(({ publicId }) => publicId === answer.metadata?.order_id);
  if (named?.refund && isWaiting(named.refund)) {
    await applyRefund(named.refund, answer);
    return true;
  }
  return answer.status === 'succeeded' && adopt(answer, returnedBy(answer, orders));
}

const isWaiting = (refund: Refund) => refund.state === 'failed' || refund.stripeRefundId === null;

/** The orders whose amounts a foreign refund returns to the unit: one of them, or all that are left. A free one has nothing to return. */
function returnedBy(answer: Stripe.Refund, orders: Order[]): Order[] {
  const left = orders.filter(({ amountMinor, refund }) => amountMinor > 0 && (!refund || isWaiting(refund)));
  if (left.reduce((sum, order) => sum + order.amountMinor, 0) === answer.amount) return left;
  const equal = left.filter((order) => order.amountMinor === answer.amount);
  const [only] =
    equal.length === 1 ? equal : left.filter(({ publicId }) => publicId === answer.metadata?.order_id);
  return only?.amountMinor === answer.amount ? [only] : [];
}

async function adopt(answer: Stripe.Refund, orders: Order[]): Promise<boolean> {
  for (const [index, order] of orders.entries()) {
    const refund = order.refund ?? (await writeDown(order, answer));
    // Stripe's id stands on one row only: it is unique.
    await applyRefund(refund, answer, index === 0 ? answer.id : null);
  }
  return orders.length > 0;
}

function writeDown(order: Order, answer: Stripe.Refund): Promise<Refund> {
  return tx(async () => {
    await order.note('refund', 'Refunded in the Stripe dashboard', { stripe_refund: answer.id }, 'stripe');
    const { id, amountMinor, currency } = order;
    return Refund.create({
      orderId: id,
      amountMinor,
      currency,
      reason: 'dashboard',
      state: 'pending',
      requestedAt: clock.now(),
    });
  });
}

/** A payment that did not add up and has gone back in full sets its stock and coupon free. */
async function closeReview(purchase: Purchase, refunds: Stripe.Refund[]) {
  const { amount_received } = await stripe.paymentIntents.retrieve(purchase.paymentIntent!);
  const returned = refunds
    .filter(({ status }) => status === 'succeeded')
    .reduce((sum, { amount }) => sum + amount, 0);
  if (returned >= amount_received)
    await expirePurchase(purchase.id, 'The payment did not add up and was refunded');
}

async function hold(purchase: Purchase) {
  log.error({ purchase: purchase.id }, 'a refund made elsewhere is under way or fits no order');
  for (const order of await Order.findAll({ where: { purchaseId: purchase.id, holdReason: null } })) {
    await order.update({ holdReason: HOLD });
    await order.note('hold', 'A refund made elsewhere is under way or fits no order', null, 'stripe');
  }
}

async function lift(purchase: Purchase) {
  const held = await Order.findAll({
    where: { purchaseId: purchase.id, holdReason: HOLD },
    include: 'refund',
  });
  for (const order of held) {
    if (!order.refund) await liftHold(order, 'No refund made elsewhere is open any more');
  }
}
