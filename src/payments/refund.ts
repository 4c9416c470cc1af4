import Stripe from 'stripe';
import { forUpdate, log, tx } from '../database.js';
import { HOUR, MINUTE, SECOND, clock } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { queueMail } from '../mail/outbox.js';
import { claimDue } from '../models/claim.js';
import { Order, Refund } from '../models/index.js';
import { stripe } from './stripe.js';

const LEASE = 2 * MINUTE;
/** Stripe forgets an idempotency key after 24 hours; from here on its list of refunds is asked first. */
const KEY_GOOD_FOR = 23 * HOUR;
const LOOK_AT_PENDING_EVERY = HOUR;

/** Carries one requested refund on; returns whether there was one. */
export async function refundNext(): Promise<boolean> {
  const refund = await claimDue(Refund, { state: ['requested', 'pending'] }, LEASE);
  if (!refund) return false;
  try {
    await applyRefund(refund, await askStripe(refund));
  } catch (error) {
    await postpone(refund, error);
  }
  return true;
}

async function askStripe(refund: Refund): Promise<Stripe.Refund> {
  if (refund.stripeRefundId) return stripe.refunds.retrieve(refund.stripeRefundId);
  const order = await Order.findByPk(refund.orderId, { rejectOnEmpty: true });
  if (clock.now() - refund.requestedAt > KEY_GOOD_FOR || refund.attempt > 1) {
    const made = await findAtStripe(order);
    if (made) return made;
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

async function findAtStripe(order: Order): Promise<Stripe.Refund | undefined> {
  const { data } = await stripe.refunds.list({ payment_intent: order.paymentId, limit: 100 });
  return data.find((refund) => refund.metadata?.order_id === order.publicId && refund.status !== 'failed');
}

/** Takes over what Stripe says of a refund: refunded only when it succeeded. Does nothing the second time. */
export async function applyRefund(refund: Refund, answer: Stripe.Refund) {
  const changed = await tx(async () => {
    const fresh = await refund.reload(forUpdate);
    const state = stateOf(answer);
    const order = await Order.findByPk(refund.orderId, { rejectOnEmpty: true });
    const news = fresh.state !== state;
    await fresh.update({
      state,
      stripeRefundId: answer.id,
      leaseUntil: 0,
      dueAt: clock.now() + LOOK_AT_PENDING_EVERY,
    });
    if (!news) return false;
    await order.note(
      'refund',
      `Refund ${state}`,
      { stripe_refund: answer.id, why: answer.failure_reason ?? null },
      'stripe',
    );
    if (state === 'succeeded') {
      await order.recordRefund('Refunded');
      await queueMail({ kind: 'refund_succeeded', order });
    }
    return true;
  });
  if (refund.state === 'failed')
    log.error({ refund: refund.id }, 'refund failed: a person must return the money');
  if (changed) wake();
}

function stateOf(answer: Stripe.Refund): Refund['state'] {
  if (answer.status === 'succeeded') return 'succeeded';
  return answer.status === 'failed' || answer.status === 'canceled' ? 'failed' : 'pending';
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
    dueAt: clock.now() + Math.min(HOUR, 2 ** tries * 5 * SECOND),
  });
}
