import { NotFound } from '../errors.js';
import { isUuid } from '../lib/ids.js';
import { AutomationLog, EmailLog, FulfilmentAttempt, Order } from '../models/index.js';
import { NEWEST_FIRST, olderThan, pageOf } from '../models/newest-first.js';

const PAGE = 50;

/** A page of orders, newest first; `next` is the cursor of the page after it, or null. */
export async function latestOrders(before?: string) {
  const rows = await Order.findAll({ where: olderThan(before), order: NEWEST_FIRST, limit: PAGE + 1 });
  const { page, next } = pageOf(rows, PAGE);
  return { orders: page, next };
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
