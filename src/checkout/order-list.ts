import { Op } from 'sequelize';
import { NotFound } from '../errors.js';
import { MINUTE, clock } from '../lib/clock.js';
import { AutomationLog, EmailLog, FulfilmentAttempt, Order, Purchase, Refund } from '../models/index.js';

const PAGE = 50;
const SLOW_AFTER = 15 * MINUTE;

const NEWEST_FIRST = [
  ['created', 'DESC'],
  ['id', 'DESC'],
] as [string, string][];

/** A page of orders, newest first; `next` is the cursor of the page after it, or null. An unreadable cursor is the first page. */
export async function latestOrders(before?: string) {
  const rows = await Order.findAll({ where: olderThan(before), order: NEWEST_FIRST, limit: PAGE + 1 });
  const orders = rows.slice(0, PAGE);
  const last = orders.at(-1);
  return { orders, next: rows.length > PAGE && last ? `${last.created.getTime()}-${last.id}` : null };
}

function olderThan(cursor?: string) {
  const parts = /^(\d{1,15})-([a-z0-9]{15})$/.exec(cursor ?? '');
  if (!parts) return {};
  const created = new Date(Number(parts[1]));
  return { [Op.or]: [{ created: { [Op.lt]: created } }, { created, id: { [Op.lt]: parts[2]! } }] };
}

/** What will not go on by itself: purchases that do not add up, orders on hold, refunds that failed, purchases without an answer. */
export async function needingAPerson(): Promise<{ order: Order; why: string }[]> {
  const held = await Order.findAll({
    where: { holdReason: { [Op.ne]: null }, status: ['pending', 'processing'] },
  });
  const slow = await Order.findAll({
    where: { paymentStatus: 'paid', status: ['pending', 'processing'] },
    include: {
      model: FulfilmentAttempt,
      as: 'attempts',
      where: { state: ['sent', 'unknown'], sentAt: { [Op.lt]: clock.now() - SLOW_AFTER } },
    },
  });
  const refunds = await Refund.findAll({ where: { state: 'failed' }, include: 'order' });
  const reviews = await Purchase.findAll({ where: { state: 'review' }, include: 'orders' });
  return [
    ...reviews.flatMap(({ orders, reviewReason }) =>
      orders!.map((order) => ({ order, why: reviewReason ?? 'review' })),
    ),
    ...refunds.map((refund) => ({ order: refund.order!, why: 'The refund failed' })),
    ...held.map((order) => ({ order, why: `On hold: ${order.holdReason}` })),
    ...slow.map((order) => ({ order, why: 'The wholesaler has not given a clear answer for 15 minutes' })),
  ];
}

/** Throws NotFound. */
export async function orderInFull(publicId: string) {
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
