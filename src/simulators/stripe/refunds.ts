import { z } from 'zod';
import { refundFate } from './cards.js';
import { newId, nowSeconds, type Charge, type Refund } from './objects.js';
import { invalid } from './refusal.js';
import type { Till } from './till.js';

const RefundParams = z.strictObject({
  payment_intent: z.string().optional(),
  charge: z.string().optional(),
  amount: z.coerce.number().int().min(1).optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: z.record(z.string(), z.string()).default({}),
  instructions_email: z.string().optional(),
  expand: z.unknown().optional(),
});
type RefundParams = z.infer<typeof RefundParams>;

/** Afterwards a refund may go on by itself; this is when. */
const SECOND_THOUGHTS_AFTER_SECONDS = 10;

export function createRefund(till: Till, form: unknown): Refund {
  const params = refundParams(form);
  const charge = chargeFor(till, params);
  const amount = refundableAmount(charge, params.amount);
  const refund = till.books.refunds.put(newRefund(till, charge, { ...params, amount }));
  till.webhooks.announce('refund.created', refund);
  till.webhooks.announce('charge.refunded', addRefunded(till, charge, amount));
  return refund;
}

export function settleRefund(till: Till, id: string, status: 'succeeded' | 'failed'): Refund {
  const refund = till.books.refund(id);
  if (refund.status === status) return refund;
  if (refund.status === 'failed') throw invalid('A failed refund stays failed; create another one.');
  const failure = status === 'failed' ? { failure_reason: 'lost_or_stolen_card' } : {};
  const settled = till.books.refunds.put({ ...refund, status, ...failure });
  if (status === 'failed') addRefunded(till, till.books.charge(refund.charge), -refund.amount);
  till.webhooks.announce('refund.updated', settled);
  if (status === 'failed') till.webhooks.announce('refund.failed', settled);
  return settled;
}

/** Lets the refunds of the special test cards take their later turn. */
export function settleDueRefunds(till: Till) {
  for (const refund of till.books.refunds.all()) {
    const { now, later } = refundFate(last4Of(till.books.charge(refund.charge)));
    const isDue = refund.created + SECOND_THOUGHTS_AFTER_SECONDS <= nowSeconds();
    if (later && isDue && refund.status === now) settleRefund(till, refund.id, later);
  }
}

function refundParams(form: unknown): RefundParams {
  const read = RefundParams.safeParse(form);
  if (read.success) return read.data;
  const { message, path } = read.error.issues[0]!;
  throw invalid(message, { code: 'parameter_invalid', param: path.join('.') });
}

function chargeFor(till: Till, { payment_intent, charge }: RefundParams): Charge {
  if (charge) return till.books.charge(charge);
  if (!payment_intent)
    throw invalid('One of the following params should be provided: payment_intent, charge.');
  const { latest_charge } = till.books.intent(payment_intent);
  if (latest_charge) return till.books.charge(latest_charge);
  throw invalid(`This PaymentIntent (${payment_intent}) does not have a successful charge to refund.`);
}

function refundableAmount(charge: Charge, asked?: number) {
  if (charge.refunded) {
    throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  }
  if (charge.disputed)
    throw invalid(`Charge ${charge.id} has been charged back.`, { code: 'charge_disputed' });
  const rest = charge.amount - charge.amount_refunded;
  if (asked && asked > rest) {
    throw invalid(`Refund amount (${asked}) is greater than unrefunded amount on charge (${rest})`, {
      param: 'amount',
    });
  }
  return asked ?? rest;
}

function newRefund(
  till: Till,
  charge: Charge,
  { amount, reason, metadata }: RefundParams & { amount: number },
): Refund {
  const isHeldUp = till.faults.strikes('refund-pending');
  return {
    id: newId('re'),
    object: 'refund',
    status: isHeldUp ? 'pending' : refundFate(last4Of(charge)).now,
    amount,
    currency: charge.currency,
    charge: charge.id,
    payment_intent: charge.payment_intent,
    reason: reason ?? null,
    metadata,
    created: nowSeconds(),
  };
}

function addRefunded(till: Till, charge: Charge, amount: number) {
  const amount_refunded = charge.amount_refunded + amount;
  return till.books.charges.put({ ...charge, amount_refunded, refunded: amount_refunded === charge.amount });
}

const last4Of = (charge: Charge) => charge.payment_method_details.card?.last4;
