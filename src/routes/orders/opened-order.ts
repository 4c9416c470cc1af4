import type { Request } from 'express';
import { orderFor } from '../../checkout/access.js';
import { NotFound } from '../../errors.js';
import { countTry } from '../../middleware/limits.js';
import type { Order } from '../../models/index.js';
import { sent } from '../form.js';

/** `orderFor`, for whoever comes by a link: wrong ones are counted, and too many are refused with status 429. */
export async function openedOrder(req: Request, publicId: string, token: string): Promise<Order> {
  try {
    return await orderFor(req, publicId, token);
  } catch (error) {
    if (error instanceof NotFound && token) await countTry(req, 'orderLink');
    throw error;
  }
}

/** The key that a link to an order carries, from its address or its form; empty when there is none. */
export const orderToken = (req: Request): string => sent(req.body, 'token') || sent(req.query, 'token');

/** The page of an order. Whoever came by a link keeps its key. */
export function orderPath({ publicId }: Order, token: string, query: Record<string, string> = {}) {
  const words = new URLSearchParams({ ...(token && { token }), ...query }).toString();
  return `/orders/${publicId}${words && `?${words}`}`;
}
