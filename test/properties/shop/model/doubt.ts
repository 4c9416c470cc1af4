import { complete, fail } from './worker.js';
import { refund } from './payment.js';
import type { Order, Purchase } from './purchase.js';
import type { ModelShop } from './shop.js';

type Seen = Pick<Order, 'status' | 'unit'>;

/**
 * What the shop made meanwhile of the orders that were in doubt. When it finds out is its own business, what it may find
 * is not: it must be among the possible, and the model follows.
 */
export function follow(shop: ModelShop, seen: (order: Order) => Seen) {
  const troubled = Object.values(shop.plans).filter((plan) => plan.trouble && ofPlan(shop, plan).length > 0);
  for (const purchase of shop.purchases)
    for (const order of purchase.orders)
      if (order.doubt || order.returning) take(purchase, order, seen(order));
  for (const plan of troubled) {
    const caught = ofPlan(shop, plan).length;
    if (caught !== 1)
      throw new Error(`${caught} purchases of ${plan.name} ran into one ${plan.trouble!.fault}`);
    plan.trouble = null;
  }
}

export const inDoubt = (shop: ModelShop) =>
  shop.orders().filter(({ doubt, returning }) => doubt || returning);

const ofPlan = (shop: ModelShop, plan: Order['plan']) =>
  inDoubt(shop).filter((order) => order.plan === plan && order.doubt);

function take(purchase: Purchase, order: Order, { status, unit }: Seen) {
  if (status === order.status) return;
  if (!possible(order).includes(status))
    throw new Error(`${order.plan.name} is ${status}, though its eSIM was ${order.doubt ?? 'delivered'}`);
  if (status === 'completed' || unit === 'consumed') complete(order);
  order.doubt = null;
  if (order.returning && status === 'refunded') refund(order);
  else if (status !== 'completed') fail(purchase, order);
}

function possible({ doubt, returning, plan }: Order): Order['status'][] {
  if (returning) return ['completed', 'refunded'];
  if (doubt === 'bought' || plan.deliverable()) return ['completed'];
  return ['completed', 'failed', 'refunded'];
}
