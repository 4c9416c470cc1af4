import { TIME_TO_PAY } from './checkout.js';
import { expire, putBack, refund, settle } from './payment.js';
import type { Order, Purchase } from './purchase.js';
import { MINUTE, type ModelShop } from './shop.js';

const GRACE = 5 * MINUTE;

/** The worker does what is due: hears the news, fulfils, looks after open purchases, and fulfils what came of that. */
export function work(shop: ModelShop, news: Iterable<Purchase>) {
  for (const purchase of news) settle(shop, purchase);
  fulfilAll(shop);
  keepPromises(shop);
  for (const purchase of shop.purchases) if (isDue(shop, purchase)) sweep(shop, purchase);
  fulfilAll(shop);
}

const isDue = (shop: ModelShop, { state, checkAt }: Purchase) => state === 'open' && checkAt <= shop.now;

function sweep(shop: ModelShop, purchase: Purchase) {
  purchase.checkAt = shop.now + MINUTE;
  const overdue = shop.now - purchase.placedAt - TIME_TO_PAY;
  if (purchase.session === 'none') {
    if (overdue > GRACE) expire(purchase);
    return;
  }
  if (purchase.session === 'open' && overdue > 0) purchase.session = 'expired';
  settle(shop, purchase);
}

function fulfilAll(shop: ModelShop) {
  for (const purchase of shop.purchases)
    for (const order of purchase.orders) if (isWanted(order)) fulfil(purchase, order);
}

/** Paid, and nobody has tried yet. */
const isWanted = ({ payment, status, doubt }: Order) => payment === 'paid' && status === 'pending' && !doubt;

function fulfil(purchase: Purchase, order: Order) {
  const { plan } = order;
  order.status = 'processing';
  // One of those that are wanted now runs into the trouble; which one shows itself.
  if (plan.trouble) order.doubt = plan.trouble.leaves;
  else if (plan.deliverable()) complete(order);
  else fail(purchase, order);
}

export function complete(order: Order) {
  order.status = 'completed';
  order.unit = 'consumed';
}

export function fail(purchase: Purchase, order: Order) {
  order.status = 'failed';
  putBack(order);
  giveBack(purchase, order);
}

function keepPromises(shop: ModelShop) {
  for (const purchase of shop.purchases)
    for (const order of purchase.orders.filter(({ promised }) => promised)) {
      order.promised = false;
      if (order.status === 'completed') giveBack(purchase, order);
    }
}

/** What was given back by hand, Stripe does not give back again, and says so when that was for this order alone. */
function giveBack(purchase: Purchase, order: Order) {
  if (order.amount === 0) return;
  const byHand = purchase.unheard.find((orders) => orders.includes(order));
  if (byHand && byHand.length > 1) return;
  purchase.unheard = purchase.unheard.filter((orders) => orders !== byHand);
  refund(order);
}
