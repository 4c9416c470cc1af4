import { DAY, clock } from '../lib/clock.js';
import type { Order } from '../models/index.js';

/**
 * What becomes of a withdrawal now: refunded `at_once`, because nobody has seen the code; `on_request`, because somebody
 * must look first; `declared` already; or `nothing` to return.
 */
export type WithdrawalRule = 'at_once' | 'on_request' | 'declared' | 'nothing';

/** For an order that is loaded with its refund. */
export function withdrawalRule(order: Order): WithdrawalRule {
  if (order.withdrawnAt) return 'declared';
  if (order.refund || order.amountMinor === 0 || order.paymentStatus !== 'paid') return 'nothing';
  if (order.status === 'failed') return 'nothing';
  return isUnseen(order) ? 'at_once' : 'on_request';
}

function isUnseen(order: Order): boolean {
  if (order.status !== 'completed' || order.codeShown() || order.holdReason) return false;
  return clock.now() < endOfGivingBack(order).getTime();
}

/** Of a completed order: until then what nobody has seen is taken back at once, as it was promised when it was sold. */
export const endOfGivingBack = (order: Order) =>
  new Date(order.completedAt!.getTime() + order.returnDays * DAY);
