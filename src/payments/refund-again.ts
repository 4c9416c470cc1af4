import { RuleBroken } from '../errors.js';
import { clock } from '../lib/clock.js';
import type { User } from '../models/index.js';
import { atDesk, type Desk } from './desk.js';

/**
 * Asks Stripe once more for a refund that it refused. Its list of refunds is looked at first, so that nothing goes back
 * twice. Throws NotFound, or RuleBroken when none was refused, or when a refund made elsewhere may be
 * this one.
 */
export const refundAgain = (publicId: string, staff: User) =>
  atDesk(publicId, 'refund_again', staff, async (desk) => {
    const refund = refusedRefund(desk);
    const { order } = desk;
    await refund.update({
      state: 'requested',
      attempt: refund.attempt + 1,
      stripeRefundId: null,
      tries: 0,
      errorMessage: null,
      dueAt: clock.now(),
      leaseUntil: 0,
    });
    await order.note('refund', 'Asked for once more, as staff decided', null, staff.id);
    return { before: { refund: 'failed' }, after: { refund: 'requested' } };
  });

/** Throws RuleBroken. */
export function refusedRefund({ order, refund }: Desk) {
  if (refund?.state !== 'failed' || order.status === 'refunded')
    throw new RuleBroken('errors.refund.notFailed');
  // The one made there may be this very order's.
  if (order.holdReason === 'foreign_refund') throw new RuleBroken('errors.desk.foreignRefundAgain');
  if (refund.reason === 'dashboard') throw new RuleBroken('errors.desk.inDashboard');
  return refund;
}
