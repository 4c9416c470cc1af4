import { forUpdate, tx } from '../database.js';
import { LostLease } from '../errors.js';
import { FulfilmentAttempt, Order } from '../models/index.js';

/**
 * Stores the wholesaler's order id as soon as it is known. The id is kept whoever holds the order now, for it is proof of
 * a purchase; but when the order was lost or the attempt has ended, it throws, and a purchase in two steps stops there.
 */
export const noter = (order: Order, attempt: FulfilmentAttempt) => async (providerOrderId: string) => {
  const mayGoOn = await tx(async () => {
    const fresh = await FulfilmentAttempt.findByPk(attempt.id, { rejectOnEmpty: true, ...forUpdate });
    if (!fresh.providerOrderId) await fresh.update({ providerOrderId });
    const { fence } = await Order.findByPk(order.id, { rejectOnEmpty: true, ...forUpdate });
    return fresh.isOpen() && fence === order.fence;
  });
  if (!mayGoOn) throw new LostLease();
  attempt.set({ providerOrderId });
};
