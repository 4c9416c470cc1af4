import { Op, col, fn } from 'sequelize';
import { MINUTE, clock } from '../../lib/clock.js';
import { FulfilmentAttempt, Order, Purchase } from '../../models/index.js';
import { MOST, ofOrder, type Item } from './item.js';

const SLOW_AFTER = 15 * MINUTE;

/** Paid orders that are neither delivered nor refunded after a quarter of an hour, with what their last attempt came to. */
export async function overdueOrders(): Promise<Item[]> {
  const orders = await Order.findAll({
    where: { paymentStatus: 'paid', status: { [Op.in]: ['pending', 'processing'] }, holdReason: null },
    include: {
      model: Purchase,
      as: 'purchase',
      attributes: ['paidAt'],
      where: { paidAt: { [Op.lt]: clock.now() - SLOW_AFTER } },
    },
    // The few that wait are sorted: an index by time alone would lead through all that were ever paid.
    order: [fn('coalesce', col('Order.created'), null)],
    limit: MOST + 1,
  });
  const open = await FulfilmentAttempt.findAll({
    where: { orderId: orders.map(({ id }) => id), state: ['sent', 'unknown'] },
  });
  return orders.map((order) => {
    const attempt = open.find(({ orderId }) => orderId === order.id);
    const uncertain = attempt ? `; whether ${attempt.provider} sold an eSIM is not known` : '';
    return {
      ...ofOrder(
        order,
        `Paid, and neither delivered nor refunded after 15 minutes${uncertain}`,
        new Date(order.purchase!.paidAt!),
      ),
      press: { action: '/admin/orders/retries', words: 'Try now', fields: { order_id: order.publicId } },
    };
  });
}
