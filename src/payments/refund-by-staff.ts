import { RuleBroken } from '../errors.js';
import { queueMail } from '../mail/outbox.js';
import type { Order, User } from '../models/index.js';
import { atDesk, takeFromWorkers, type Desk } from './desk.js';
import { requestRefund } from './request-refund.js';

/**
 * Returns the money of an order: of a delivered one because its customer asked for it, of a paid one instead of the
 * delivery, which then never comes. Throws RuleBroken when it was not paid with money, when an eSIM may just have been
 * bought for it, or when the money goes back already.
 */
export const refundByStaff = (publicId: string, why: string, staff: User) =>
  atDesk(publicId, 'refund', staff, async (desk) => {
    const { order } = desk;
    checkRefund(desk);
    const before = { status: order.status };
    if (order.status !== 'completed') await giveUp(order);
    await requestRefund(order, 'customer_request');
    return { before, after: { refund: 'requested', why } };
  });

/** Throws RuleBroken. */
export function checkRefund({ order, open, refund }: Desk) {
  if (refund) throw new RuleBroken('errors.refund.twice');
  if (order.paymentStatus !== 'paid') throw new RuleBroken('errors.refund.notDelivered');
  if (order.amountMinor === 0) throw new RuleBroken('errors.withdrawal.nothing');
  if (open) throw new RuleBroken('errors.refund.uncertain');
  if (order.holdReason === 'foreign_refund') throw new RuleBroken('errors.desk.foreignRefund');
}

/** Whatever worker is about to buy for it finds that it has lost the order. */
async function giveUp(order: Order) {
  await takeFromWorkers(order);
  await order.fail('The money goes back, as staff decided');
  await queueMail({ kind: 'order_failed', order });
}
