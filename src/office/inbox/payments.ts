import { Op } from 'sequelize';
import { DAY, clock } from '../../lib/clock.js';
import { Order, Purchase, Refund } from '../../models/index.js';
import { MOST, ofOrder, type Item } from './item.js';

const TRANSFER_OVERDUE_AFTER = 14 * DAY;
const REFUND_OVERDUE_AFTER = DAY;

const sections = { include: 'orders', order: [['created', 'ASC'] as [string, string]], limit: MOST + 1 };

/** Payments that do not add up, and bank transfers that never came. */
export async function doubtfulPayments(): Promise<Item[]> {
  const [reviews, transfers] = await Promise.all([
    Purchase.findAll({ where: { state: 'review' }, ...sections }),
    Purchase.findAll({
      where: { state: 'open', awaitingFundsSince: { [Op.lt]: clock.now() - TRANSFER_OVERDUE_AFTER } },
      ...sections,
    }),
  ]);
  return [
    ...reviews.flatMap((purchase) =>
      ofEach(
        purchase,
        purchase.goesBack()
          ? 'The payment is on its way back'
          : `The payment does not add up: ${purchase.reviewReason}`,
      ),
    ),
    ...transfers.flatMap((purchase) => ofEach(purchase, 'The bank transfer has not come for two weeks')),
  ];
}

const ofEach = (purchase: Purchase, why: string) => purchase.orders!.map((order) => ofOrder(order, why));

/** Disputes, warnings of fraud, and refunds made elsewhere while an eSIM may have been bought. */
export async function held(): Promise<Item[]> {
  const orders = await Order.findAll({
    where: { holdReason: { [Op.ne]: null } },
    order: [['created', 'ASC']],
    limit: MOST + 1,
  });
  return orders.map((order) => ofOrder(order, `On hold: ${order.holdReason}`));
}

/** Refunds that Stripe refused, or has not paid out for a day. */
export async function stuckRefunds(): Promise<Item[]> {
  const overdue = {
    state: ['requested', 'pending'],
    requestedAt: { [Op.lt]: clock.now() - REFUND_OVERDUE_AFTER },
  };
  const refunds = await Refund.findAll({
    where: { [Op.or]: [{ state: 'failed' }, overdue] },
    include: 'order',
    order: [['requestedAt', 'ASC']],
    limit: MOST + 1,
  });
  return refunds.map(({ order, state, requestedAt }) => {
    const since = new Date(requestedAt);
    if (state !== 'failed') return ofOrder(order!, 'The refund takes days', since);
    const action = `/admin/orders/${order!.publicId}/refund/again`;
    return {
      ...ofOrder(order!, 'The refund failed', since),
      press: { action, words: 'Try the refund again' },
    };
  });
}
