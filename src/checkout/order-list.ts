import { Op } from 'sequelize';
import { NotFound } from '../errors.js';
import { DAY, MINUTE, clock } from '../lib/clock.js';
import { isUuid } from '../lib/ids.js';
import { AutomationLog, EmailLog, FulfilmentAttempt, Order, Purchase, Refund } from '../models/index.js';
import { NEWEST_FIRST, olderThan, pageOf } from '../models/newest-first.js';

const PAGE = 50;
const SLOW_AFTER = 15 * MINUTE;
const TRANSFER_OVERDUE_AFTER = 14 * DAY;
const REFUND_OVERDUE_AFTER = DAY;
const unsettled = { model: Order, where: { status: ['pending', 'processing'] }, required: true };

/** A page of orders, newest first; `next` is the cursor of the page after it, or null. */
export async function latestOrders(before?: string) {
  const rows = await Order.findAll({ where: olderThan(before), order: NEWEST_FIRST, limit: PAGE + 1 });
  const { page, next } = pageOf(rows, PAGE);
  return { orders: page, next };
}

/**
 * What will not go on by itself: purchases that do not add up, orders on hold or neither delivered nor refunded a quarter
 * of an hour after the payment, refunds that failed or take days, transfers that never came, mails that were refused.
 */
export async function needingAPerson(): Promise<{ order: Order; why: string }[]> {
  const now = clock.now();
  const include = 'orders';
  const [reviews, transfers, overdue, held, refunds, mails] = await Promise.all([
    Purchase.findAll({ where: { state: 'review' }, include }),
    Purchase.findAll({
      where: { state: 'open', awaitingFundsSince: { [Op.lt]: now - TRANSFER_OVERDUE_AFTER } },
      include,
    }),
    Purchase.findAll({
      where: { state: 'paid', paidAt: { [Op.lt]: now - SLOW_AFTER } },
      include: { ...unsettled, as: 'orders' },
    }),
    Order.findAll({ where: { holdReason: { [Op.ne]: null } } }),
    Refund.findAll({
      where: {
        [Op.or]: [
          { state: 'failed' },
          { state: ['requested', 'pending'], requestedAt: { [Op.lt]: now - REFUND_OVERDUE_AFTER } },
        ],
      },
      include: 'order',
    }),
    EmailLog.findAll({
      where: { status: 'failed', orderId: { [Op.ne]: null }, kind: { [Op.ne]: 'review_invitation' } },
      include: 'order',
    }),
  ]);
  const each = (purchases: Purchase[], why: (purchase: Purchase) => string) =>
    purchases.flatMap((purchase) => purchase.orders!.map((order) => ({ order, why: why(purchase) })));
  return [
    ...each(reviews, ({ reviewReason }) => `The payment does not add up: ${reviewReason}`),
    ...each(transfers, () => 'The bank transfer has not come for two weeks'),
    ...each(overdue, () => 'Paid, and neither delivered nor refunded after 15 minutes'),
    ...held.map((order) => ({ order, why: `On hold: ${order.holdReason}` })),
    ...refunds.map(({ order, state }) => ({
      order: order!,
      why: state === 'failed' ? 'The refund failed' : 'The refund takes days',
    })),
    ...mails.map(({ order, kind }) => ({ order: order!, why: `A mail was refused: ${kind}` })),
  ];
}

/** Throws NotFound. */
export async function orderInFull(publicId: string) {
  if (!isUuid(publicId)) throw new NotFound();
  const order = await Order.findOne({
    where: { publicId },
    include: ['purchase', 'refund', 'product'],
    rejectOnEmpty: new NotFound(),
  });
  const ofOrder = { where: { orderId: order.id }, order: [['created', 'ASC']] as [string, string][] };
  const [timeline, attempts, emails] = await Promise.all([
    AutomationLog.findAll(ofOrder),
    FulfilmentAttempt.findAll(ofOrder),
    EmailLog.findAll(ofOrder),
  ]);
  return { order, timeline, attempts, emails };
}
