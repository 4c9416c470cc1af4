import type { Order } from '../../models/index.js';

/** Something that will not go on by itself. */
export interface Item {
  what: string;
  why: string;
  /** Since when it waits. */
  since: Date;
  /** Where it is seen and settled. */
  href: string;
  order?: Order;
  /** What can be done at once: a form with one button. */
  press?: { action: string; words: string; fields?: Record<string, string> };
}

/** So many of one kind are shown; the rest waits behind them. */
export const MOST = 20;

export const ofOrder = (order: Order, why: string, since: Date = order.created): Item => ({
  what: order.terms.name,
  why,
  since,
  href: `/admin/orders/${order.publicId}`,
  order,
});
