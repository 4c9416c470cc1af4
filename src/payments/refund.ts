import { Op } from 'sequelize';
import Stripe from 'stripe';
import { forUpdate, log, tx } from '../database.js';
import { backOff } from '../lib/back-off.js';
import { HOUR, MINUTE, SECOND, clock } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { queueMail } from '../mail/outbox.js';
import { claimDue } from '../models/claim.js';
import { FulfilmentAttempt, Order, Refund } from '../models/index.js';
import { stripe } from './stripe.js';

const LEASE = 2 * MINUTE;
/** Stripe forgets an idempotency key after 24 hours; from here on its list of refunds is asked first. */
const KEY_GOOD_FOR = 23 * HOUR;
const LOOK_AT_PENDING_EVERY = HOUR;

type Answer = Pick<Stripe.Refund, 'status' | 'failure_reason'> & { id: string | null };

/** Carries one requested refund on; returns whether there was one. */
export async function refundNext(): Promise<boolean> {
  const refund = await claimDue(Refund, { state: ['requested', 'pending'] }, LEASE);
  if (!refund) return false;
  try {
    if (cameBackWithOthers(refund)) await applyRefund(refund, CAME_BACK, null);
    else await applyRefund(refund, await askStripe(refund));
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) await takeNo(refund, error);
    else if (error instanceof MadeElsewhere) await leaveToAPerson(refund);
    else await postpone(refund, error);
  }
  return true;
}

/**
 * One refund in the dashboard may return several orders, and its id stands on one of their rows. The others are written
 * down when it has succeeded, and wait at most until it is certain what became of the eSIM: to ask again would be to
 * ask for the money twice.
 */
const cameBackWithOthers = ({ reason, stripeRefundId }: Refund) => reason === 'dashboard' && !stripeRefundId;
const CAME_BACK = { id: null, status: 'succeeded' } as const;

async function askStripe(refund: Refund): Promise<Stripe.Refund> {
  if (refund.stripeRefundId) return stripe.refunds.retrieve(refund.stripeRefundId);
  const order = await Order.findByPk(refund.orderId, { rejectOnEmpty: true });
  if (clock.now() - refund.requestedAt > KEY_GOOD_FOR || refund.attempt > 1) {
    const there = await refundsAtStripe(order);
    const made = there.find(({ metadata }) => metadata?.order_id === order.publicId);
    if (made) return made;
    if (refund.attempt > 1 && (await isAnyNameless(there, order))) throw new MadeElsewhere();
  }
  return stripe.refunds.create(
    {
      payment_intent: order.paymentId,
      amount: refund.amountMinor,
      metadata: { order_id: order.publicId },
    },
    { idempotencyKey: `rf:${order.publicId}:${refund.attempt}` },
  );
}

/** Somebody returned money of this payment in the dashboard, and it may be this order's. */
class MadeElsewhere extends Error {}

/** Of a payment for one order alone Stripe itself returns nothing twice. */
async function isAnyNameless(refunds: Stripe.Refund[], { purchaseId }: Order) {
  const orders = await Order.findAll({
    where: { purchaseId, amountMinor: { [Op.gt]: 0 } },
    attributes: ['publicId'],
  });
  if (orders.length === 1) return false;
  return refunds.some(({ metadata }) => !orders.some(({ publicId }) => publicId === metadata?.order_id));
}

async function leaveToAPerson(refund: Refund) {
  const order = await Order.findByPk(refund.orderId, { rejectOnEmpty: true });
  log.error({ order: order.publicId }, 'a refund made elsewhere may be this one: a person must look');
  await order.note(
    'refund',
    'Nothing was sent: a refund made in Stripe’s dashboard may be this one. Write the order’s number to it there, as order_id',
    null,
    'stripe',
  );
  await refund.update({ state: 'failed', errorMessage: 'foreign_refund', leaseUntil: 0 });
}

/** The payment's refunds that were not refused and that no other order of ours claims. */
async function refundsAtStripe(order: Order): Promise<Stripe.Refund[]> {
  const { data } = await stripe.refunds.list({ payment_intent: order.paymentId, limit: 100 });
  const live = data.filter(({ status }) => status !== 'failed' && status !== 'canceled');
  const claimed = await Refund.findAll({ where: { stripeRefundId: live.map(({ id }) => id) } });
  return live.filter(
    ({ id }) => !claimed.some((row) => row.stripeRefundId === id && row.orderId !== order.id),
  );
}

/**
 * Takes over what Stripe says of a refund: refunded only when it succeeded, and when it is certain what became of the
 * eSIM. Does nothing the second time.
 */
export async function applyRefund(refund: Refund, answer: Answer, stripeRefundId: string | null = answer.id) {
  const changed = await tx(async () => {
    const fresh = await refund.reload(forUpdate);
    const order = await Order.findByPk(fresh.orderId, { rejectOnEmpty: true, ...forUpdate });
    const state = stateOf(answer);
    if (state === 'succeeded' && (await mayYetBeBought(order))) {
      if (!order.holdReason) await order.update({ holdReason: 'foreign_refund' });
      await fresh.update({ state: 'pending', stripeRefundId, leaseUntil: 0, dueAt: clock.now() + MINUTE });
      return false;
    }
    const news = fresh.state !== state;
    await fresh.update({ state, stripeRefundId, leaseUntil: 0, dueAt: clock.now() + LOOK_AT_PENDING_EVERY });
    if (news) await announce(order, answer, state);
    return news;
  });
  if (changed) wake();
}

async function announce(order: Order, answer: Answer, state: Refund['state']) {
  await order.note(
    'refund',
    `Refund ${state}`,
    { stripe_refund: answer.id, why: answer.failure_reason ?? null },
    'stripe',
  );
  if (state === 'failed')
    log.error({ order: order.publicId }, 'refund failed: a person must return the money');
  if (state !== 'succeeded') return;
  await order.recordRefund('Refunded');
  await queueMail({ kind: 'refund_succeeded', order });
}

const mayYetBeBought = async (order: Order) =>
  (await FulfilmentAttempt.count({ where: { orderId: order.id, state: ['sent', 'unknown'] } })) > 0;

function stateOf(answer: Answer): Refund['state'] {
  if (answer.status === 'succeeded') return 'succeeded';
  return answer.status === 'failed' || answer.status === 'canceled' ? 'failed' : 'pending';
}

/** Stripe refuses for good (refunded elsewhere, charged back): take over what was done there, else leave it to a person. */
async function takeNo(refund: Refund, error: Stripe.errors.StripeInvalidRequestError) {
  const order = await Order.findByPk(refund.orderId, { rejectOnEmpty: true });
  const made = (await refundsAtStripe(order)).find(({ amount }) => amount === refund.amountMinor);
  if (made) return applyRefund(refund, made);
  log.error({ order: order.publicId, code: error.code }, 'Stripe refuses the refund: a person must look');
  await order.note('refund', `Stripe refused the refund: ${error.code ?? error.type}`, null, 'stripe');
  await refund.update({ state: 'failed', errorMessage: error.code ?? error.type, leaseUntil: 0 });
}

async function postpone(refund: Refund, error: unknown) {
  log.error({ err: error, refund: refund.id }, 'refund not answered');
  const tries = refund.tries + 1;
  await refund.update({
    tries,
    // A stored 5xx is replayed for the same key: the next try looks at Stripe's list first and takes a new one.
    attempt: refund.attempt + (error instanceof Stripe.errors.StripeAPIError ? 1 : 0),
    errorMessage: error instanceof Error ? error.message : String(error),
    leaseUntil: 0,
    dueAt: clock.now() + backOff(tries, 5 * SECOND),
  });
}
