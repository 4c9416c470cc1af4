import type { Order, Purchase } from './purchase.js';
import type { ModelShop, Person } from './shop.js';

export function pay(shop: ModelShop, purchase: Purchase) {
  purchase.state = 'paid';
  for (const order of purchase.orders) order.payment = 'paid';
  moveUse(purchase, 'used');
  for (const { plan } of purchase.orders) shop.cart(purchase.buyer as Person).delete(plan);
}

export function expire(purchase: Purchase) {
  purchase.state = 'expired';
  moveUse(purchase, 'released');
  for (const order of purchase.orders) {
    order.payment = 'failed';
    putBack(order);
  }
}

/** The shop asks Stripe what became of the payment page, and of the money. */
export function settle(shop: ModelShop, purchase: Purchase) {
  if (purchase.state === 'open' && purchase.session === 'complete') pay(shop, purchase);
  if (purchase.state === 'open' && purchase.session === 'expired') expire(purchase);
  if (purchase.state === 'paid') hearOfRefunds(purchase);
}

/** An order whose wholesaler may have sold the eSIM waits for certainty before it is called refunded. */
function hearOfRefunds(purchase: Purchase) {
  for (const order of purchase.unheard.flat()) {
    if (order.doubt === 'bought' || order.doubt === 'not bought') order.returning = true;
    else refund(order);
  }
  purchase.unheard = [];
}

/** Stripe says that the money of this order went back. */
export function refund(order: Order) {
  order.returned = true;
  order.returning = false;
  order.doubt = null;
  order.status = 'refunded';
  order.payment = 'refunded';
  putBack(order);
}

export function putBack(order: Order) {
  if (order.unit !== 'held') return;
  order.unit = 'released';
  order.plan.restock(1);
}

function moveUse(purchase: Purchase, state: 'used' | 'released') {
  const use = purchase.coupon?.uses.find((one) => one.purchase === purchase);
  if (use) use.state = state;
}
