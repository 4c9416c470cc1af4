import type { Request } from 'express';
import { NotFound } from '../errors.js';
import { isUuid } from '../lib/ids.js';
import { Order, OrderLink, type Purchase } from '../models/index.js';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The account that bought it, or the browser that did, also when an account has taken it over since. */
export function boughtBy(req: Request, purchase: Purchase): boolean {
  if (purchase.userId && purchase.userId === req.user?.id) return true;
  return purchase.guestKey !== null && purchase.guestKey === req.session.guestKey;
}

/** The order at this address, for whoever may see its code: its buyer, or the holder of a link. Throws NotFound for all others alike. */
export async function orderFor(req: Request, publicId: string, token: unknown): Promise<Order> {
  const order =
    isUuid(publicId) && (await Order.findOne({ where: { publicId }, include: ['purchase', 'refund'] }));
  if (order && (boughtBy(req, order.purchase!) || (await opensWith(order, token)))) return order;
  throw new NotFound(token ? 'errors.orderLinkOver' : 'errors.orderNotFound');
}

/** The order at this address, for its buyer alone: a link may have come to somebody else. Throws NotFound. */
export const boughtOrder = (req: Request, publicId: string) => orderFor(req, publicId, undefined);

const opensWith = async (order: Order, token: unknown) =>
  typeof token === 'string' && TOKEN.test(token) && OrderLink.opens(order.id, token);
