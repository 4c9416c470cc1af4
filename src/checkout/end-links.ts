import { tx } from '../database.js';
import { OrderLink, type Order } from '../models/index.js';

/** Whoever holds a link to the order no longer sees it. */
export async function endLinks(order: Order) {
  await tx(async () => {
    await OrderLink.revoke([order.id]);
    await order.note('links', 'The customer ended all links', null, 'customer');
  });
}
