import { forUpdate } from '../database.js';
import { Order, Purchase } from '../models/index.js';

/** A purchase and its orders, locked in the order in which everybody locks them. Inside the caller's transaction. */
export async function lockPurchase(purchaseId: string) {
  const purchase = await Purchase.findByPk(purchaseId, { rejectOnEmpty: true, ...forUpdate });
  const orders = await Order.findAll({
    where: { purchaseId },
    order: [
      ['productId', 'ASC'],
      ['position', 'ASC'],
    ],
    ...forUpdate,
  });
  return { purchase, orders };
}
