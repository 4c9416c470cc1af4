import { forUpdate, isDuplicate, tx } from '../database.js';
import { CartItem, Order, Purchase, Wishlist } from '../models/index.js';
import { MOST_PER_LINE } from '../models/cart-item.js';

/**
 * A guest logs in: the guest's cart goes into the account's, and what the guest has begun to pay is the account's to
 * pay, so that it is known as such when the money arrives.
 */
export async function joinCarts(guestKey: string, userId: string) {
  try {
    await tx(() => join(guestKey, userId));
  } catch (error) {
    // The account's other browser put the same plan in meanwhile.
    if (!isDuplicate(error, 'cart_items', 'product')) throw error;
    await tx(() => join(guestKey, userId));
  }
}

async function join(guestKey: string, userId: string) {
  await takeOverPurchases(guestKey, userId);
  const brought = await linesOf({ guestKey });
  if (brought.length === 0) return;
  const own = await linesOf({ userId });
  await putOtherCurrenciesAside(own, brought[0]!);
  for (const line of brought) {
    const same = own.find(({ productId }) => productId === line.productId);
    if (!same) {
      await line.update({ guestKey: null, userId });
      continue;
    }
    await line.destroy();
    await same.update({ quantity: Math.min(same.quantity + line.quantity, MOST_PER_LINE) });
  }
}

/** Locked apart: PostgreSQL cannot lock the rows of an outer join. */
async function linesOf(owner: { guestKey: string } | { userId: string }) {
  await CartItem.findAll({ where: owner, ...forUpdate });
  return CartItem.findAll({ where: owner, include: 'product' });
}

/** A cart has one currency, and the newer cart says which: older lines in another wait on the wishlist. */
async function putOtherCurrenciesAside(own: CartItem[], { product }: CartItem) {
  for (const line of own.filter((one) => one.product!.currency !== product!.currency)) {
    const wish = { userId: line.userId!, productId: line.productId };
    if ((await Wishlist.count({ where: wish })) === 0) await Wishlist.create(wish);
    await line.destroy();
  }
}

async function takeOverPurchases(guestKey: string, userId: string) {
  const open = await Purchase.findAll({ where: { guestKey, userId: null, state: 'open' }, ...forUpdate });
  const ids = open.map(({ id }) => id);
  if (ids.length === 0) return;
  await Purchase.update({ userId }, { where: { id: ids } });
  await Order.update({ userId }, { where: { purchaseId: ids } });
}
