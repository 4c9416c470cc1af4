import { newId } from '../lib/ids.js';
import { EmailLog, Order, OrderLink } from '../models/index.js';
import { NEWEST_FIRST } from '../models/newest-first.js';
import { LOOKED_UP } from '../models/order-link.js';
import { settings } from '../settings.js';

const MOST = 10;

/** Writes a mail into the outbox that says what was bought with this address, inside the transaction of its cause. */
export async function queueLookup(recipient: string, orderNumber: string | null, language: string) {
  const id = newId();
  await EmailLog.create({
    id,
    orderId: null,
    purchaseId: null,
    userId: null,
    kind: 'order_lookup',
    orderNumber,
    dedupeKey: `order_lookup:${id}`,
    messageId: `<${id}.order_lookup@${new URL(settings.publicUrl).hostname}>`,
    recipient,
    language,
  });
}

/** The newest orders that were ever paid with this address, or the one that was asked for, each with a link of its own. */
export async function lookedUp({ recipient, orderNumber }: EmailLog) {
  const orders = await Order.findAll({
    where: { paymentStatus: ['paid', 'refunded'], ...(orderNumber && { publicId: orderNumber }) },
    include: { association: 'purchase', where: { canonicalEmail: recipient }, attributes: [] },
    order: NEWEST_FIRST,
    limit: MOST,
  });
  const found = [];
  for (const order of orders) {
    const token = await OrderLink.issue(order.id, LOOKED_UP);
    found.push({ order, link: `${settings.publicUrl}/orders/${order.publicId}?token=${token}` });
  }
  return found;
}
