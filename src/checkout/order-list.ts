import { NotFound } from '../errors.js';
import { isUuid } from '../lib/ids.js';
import { AutomationLog, EmailLog, FulfilmentAttempt, Order } from '../models/index.js';

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
