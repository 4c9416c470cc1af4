import { forUpdate, tx } from '../database.js';
import { Wishlist } from '../models/index.js';
import { isSavedAlready } from './wishlist.js';

/** A guest logs in: what the guest kept for later is on the account's list, once. */
export async function joinWishlists(guestKey: string, userId: string) {
  try {
    await tx(() => join(guestKey, userId));
  } catch (error) {
    // The account's other browser saved the same plan meanwhile.
    if (!isSavedAlready(error)) throw error;
    await tx(() => join(guestKey, userId));
  }
}

async function join(guestKey: string, userId: string) {
  const brought = await Wishlist.findAll({ where: { guestKey }, ...forUpdate });
  const own = await Wishlist.findAll({ where: { userId } });
  const kept = new Set(own.map(({ productId }) => productId));
  for (const wish of brought) {
    if (kept.has(wish.productId)) await wish.destroy();
    else await wish.update({ guestKey: null, userId });
  }
}
