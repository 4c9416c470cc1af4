import type { Request } from 'express';
import { forUpdate, isDuplicate, tx } from '../database.js';
import { NotFound, OutOfStock, RuleBroken } from '../errors.js';
import { newToken } from '../lib/ids.js';
import { CartItem, Purchase, type Order, type Product } from '../models/index.js';
import { MOST_PER_LINE } from '../models/cart-item.js';

/** Whose cart: an account's, a guest's by the key in the session, or nobody's yet. */
type Owner = { userId: string } | { guestKey: string } | null;

export class Cart {
  constructor(readonly owner: Owner) {}

  async items(): Promise<CartItem[]> {
    if (!this.owner) return [];
    const items = await CartItem.findAll({
      where: this.owner,
      include: 'product',
      order: [
        ['created', 'ASC'],
        ['id', 'ASC'],
      ],
    });
    const own = await this.unpaidOrders();
    for (const item of items) item.held = unitsOf(item.productId, own);
    return items;
  }

  async count(): Promise<number> {
    if (!this.owner) return 0;
    return (await CartItem.sum('quantity', { where: this.owner })) ?? 0;
  }

  /** Throws OutOfStock, or RuleBroken when the line would grow beyond 20 or mix currencies. */
  async add(product: Product, quantity: number) {
    try {
      await this.addOnce(product, quantity);
    } catch (error) {
      // A double click: the other request made the line, this one adds to it.
      if (!isDuplicate(error, 'cart_items', 'product')) throw error;
      await this.addOnce(product, quantity);
    }
  }

  private async addOnce(product: Product, quantity: number) {
    if (!this.owner) throw new Error('A cart needs an owner before something is put in');
    const owner = this.owner;
    await tx(async () => {
      // Locked apart: PostgreSQL cannot lock the rows of an outer join.
      await CartItem.findAll({ where: owner, ...forUpdate });
      const lines = await this.items();
      const other = lines.find((line) => line.product!.currency !== product.currency);
      if (other) {
        const values = { cart: other.product!.currency, product: product.currency, name: product.name };
        throw new RuleBroken('errors.otherCurrency', values);
      }
      const line = lines.find((one) => one.productId === product.id);
      const wanted = (line?.quantity ?? 0) + quantity;
      const held = line ? line.held : unitsOf(product.id, await this.unpaidOrders());
      checkQuantity(product, wanted, product.available(held));
      if (line) await line.update({ quantity: wanted });
      else await CartItem.create({ ...owner, productId: product.id, quantity });
    });
  }

  async setQuantity(itemId: string, quantity: number) {
    await tx(async () => {
      const line = await this.line(itemId);
      checkQuantity(line.product!, quantity, line.available());
      await line.update({ quantity });
    });
  }

  async remove(itemId: string) {
    await (await this.line(itemId)).destroy();
  }

  private async line(itemId: string): Promise<CartItem> {
    const line = (await this.items()).find(({ id }) => id === itemId);
    if (!line) throw new NotFound();
    return line;
  }

  /** Somebody who comes back from Stripe's page unpaid must not find the last unit sold out: it is his own. */
  private async unpaidOrders(): Promise<Order[]> {
    const unpaid = await Purchase.findAll({ where: { ...this.owner, state: 'open' }, include: 'orders' });
    return unpaid.filter((purchase) => !purchase.awaitsFunds()).flatMap((purchase) => purchase.orders!);
  }
}

const unitsOf = (productId: string, orders: Order[]) =>
  orders.filter((order) => order.productId === productId).length;

function checkQuantity(product: Product, quantity: number, available: number) {
  if (available === 0) throw new OutOfStock(product.name);
  if (quantity > MOST_PER_LINE) throw new RuleBroken('errors.cartFull', { most: MOST_PER_LINE }, 'quantity');
  if (quantity > available) {
    throw new RuleBroken('errors.onlySomeLeft', { count: available, name: product.name }, 'quantity');
  }
}

export function cartOf(req: Request): Cart {
  if (req.user) return new Cart({ userId: req.user.id });
  const { guestKey } = req.session;
  return new Cart(guestKey ? { guestKey } : null);
}

/** Like `cartOf`, and a guest who has none gets one: the first thing that sets a cookie. */
export function ownCartOf(req: Request): Cart {
  if (!req.user) req.session.guestKey ??= newToken();
  return cartOf(req);
}
