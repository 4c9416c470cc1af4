import type { Request } from 'express';
import { cartOf, ownCartOf, type Cart } from '../cart/cart.js';
import { isDuplicate, tx } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { Wishlist, type Product } from '../models/index.js';

export const MOST_WISHES = 100;

/** What somebody keeps for later: an account's, or a guest's under the key that the guest's cart has too. */
export class Wishes {
  constructor(private readonly owner: Cart['owner']) {}

  /** The last one first. */
  async items(): Promise<Wishlist[]> {
    if (!this.owner) return [];
    return Wishlist.findAll({
      where: this.owner,
      include: 'product',
      order: [
        ['created', 'DESC'],
        ['id', 'DESC'],
      ],
    });
  }

  async planIds(): Promise<Set<string>> {
    if (!this.owner) return new Set();
    const wishes = await Wishlist.findAll({ where: this.owner, attributes: ['productId'] });
    return new Set(wishes.map(({ productId }) => productId));
  }

  /** Saving twice is saving once. Throws RuleBroken when the list is full. */
  async add({ id }: Product) {
    const owner = this.owner;
    if (!owner) throw new Error('A wishlist needs an owner before something is put on it');
    const save = async () => {
      const planIds = await this.planIds();
      if (planIds.has(id)) return;
      if (planIds.size >= MOST_WISHES) throw new RuleBroken('errors.wishlistFull', { most: MOST_WISHES });
      await Wishlist.create({ userId: null, ...owner, productId: id });
    };
    try {
      await tx(save);
    } catch (error) {
      if (!isSavedAlready(error)) throw error;
    }
  }

  /** Whether it was there or not, it is not there afterwards. */
  async takeOff(productId: string) {
    if (this.owner) await Wishlist.destroy({ where: { ...this.owner, productId } });
  }

  async remove(id: string) {
    await (await this.wish(id)).destroy();
  }

  /** Into the cart, one of it; the plan that was moved. When the cart refuses it, it stays here. */
  async moveToCart(id: string, cart: Cart): Promise<Product> {
    const wish = await this.wish(id);
    const plan = wish.product!;
    if (plan.hidden()) throw new RuleBroken('errors.noLongerSold', { name: plan.name });
    const taken = await Wishlist.destroy({ where: { id } });
    // None: a double click, whose other half has moved it.
    if (taken === 0) return plan;
    try {
      await cart.add(plan, 1);
    } catch (error) {
      const { userId, guestKey, productId, priceMinor, currency } = wish;
      await Wishlist.create({ id, userId, guestKey, productId, priceMinor, currency });
      throw error;
    }
    return plan;
  }

  private async wish(id: string): Promise<Wishlist> {
    const wish = this.owner && (await Wishlist.findOne({ where: { ...this.owner, id }, include: 'product' }));
    if (!wish) throw new NotFound();
    return wish;
  }
}

/** Another request saved it at the same moment: the hook saw it, or the index did. */
export const isSavedAlready = (error: unknown) =>
  (error instanceof RuleBroken && error.key === 'errors.wishlist.twice') ||
  isDuplicate(error, 'wishlists', 'product');

export const wishesOf = (req: Request) => new Wishes(cartOf(req).owner);

/** Like `wishesOf`, and a guest who has no key yet gets one. */
export const ownWishesOf = (req: Request) => new Wishes(ownCartOf(req).owner);
