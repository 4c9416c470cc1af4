import { forUpdate, tx } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { wake } from '../lib/wake.js';
import { AuditLog, Order, Refund, type User } from '../models/index.js';
import { requestRefund } from './request-refund.js';

/**
 * Returns the money of a delivered order because its customer asked for it. Throws RuleBroken when it was not paid with
 * money, is still being delivered, or goes back already.
 */
export async function refundByStaff(publicId: string, why: string, staff: User) {
  await tx(async () => {
    const order = await Order.findOne({ where: { publicId }, ...forUpdate, rejectOnEmpty: new NotFound() });
    if (order.status !== 'completed') throw new RuleBroken('errors.refund.notDelivered');
    if (order.amountMinor === 0) throw new RuleBroken('errors.withdrawal.nothing');
    if ((await Refund.count({ where: { orderId: order.id } })) > 0)
      throw new RuleBroken('errors.refund.twice');
    await requestRefund(order, 'customer_request');
    await AuditLog.record(staff, 'refund', order, { status: order.status }, { refund: 'requested', why });
  });
  wake();
}
