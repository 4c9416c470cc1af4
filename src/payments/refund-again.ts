import { forUpdate, tx } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { clock } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { AuditLog, Order, Refund, type User } from '../models/index.js';

/**
 * Asks Stripe once more for a refund that it refused: with a new idempotency key, and after a look at the refunds that
 * it has. Throws NotFound, or RuleBroken when this one has not failed.
 */
export async function refundAgain(publicId: string, staff: User) {
  await tx(async () => {
    const order = await Order.findOne({ where: { publicId }, rejectOnEmpty: new NotFound() });
    const refund = await Refund.findOne({ where: { orderId: order.id }, ...forUpdate });
    if (refund?.state !== 'failed') throw new RuleBroken('errors.refund.notFailed');
    await refund.update({
      state: 'requested',
      stripeRefundId: null,
      attempt: refund.attempt + 1,
      tries: 0,
      dueAt: clock.now(),
      errorMessage: null,
    });
    await order.note('refund', 'Staff asks for the refund again', null, staff.id);
    await AuditLog.record(staff, 'refund again', order, { refund: 'failed' }, { refund: 'requested' });
  });
  wake();
}
