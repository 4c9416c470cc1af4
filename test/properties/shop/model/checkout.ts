import { sharesModel } from '../../../support/coupon-model.js';
import { worthOf } from './cart.js';
import { expire, pay, settle } from './payment.js';
import type { Order, Purchase } from './purchase.js';
import { MINUTE, accountOf, type ModelShop, type Person } from './shop.js';

export const TIME_TO_PAY = 35 * MINUTE;
/** Stripe wants a page to stay open for half an hour, so one that was asked for long ago is refused. */
const LATEST_START = 5 * MINUTE;
const SMALLEST_PAYMENT = 50;

export type Answer = 'refused' | 'to Stripe' | 'to the order';

/** Sends the form of a checkout: what was begun before is ended first, unless it turns out to be paid. */
export function checkOut(shop: ModelShop, person: Person, email: string): Answer {
  if (endOthers(shop, person)) return 'to the order';
  const purchase = place(shop, person, email);
  return purchase ? goOn(shop, purchase) : 'refused';
}

/** Sends the form of an earlier checkout again. */
export function sendAgain(shop: ModelShop, person: Person, purchase: Purchase): Answer {
  if (endOthers(shop, person, purchase)) return 'to the order';
  return goOn(shop, purchase);
}

/** The purchase, or null when it is refused. */
export function place(shop: ModelShop, person: Person, email: string): Purchase | null {
  const cart = [...shop.cart(person)];
  const coupon = shop.entered.get(person) ?? null;
  const worth = worthOf(shop, person);
  const off = coupon ? coupon.off(worth, shop.now) : 0;
  if (cart.length === 0 || off === null) return null;
  if (cart.some(([plan, quantity]) => plan.shelf !== 'on' || quantity > plan.stock)) return null;
  const total = worth - off;
  if (total > 0 && total < SMALLEST_PAYMENT) return null;
  const slot = coupon?.slotFor(email, accountOf(person)) ?? null;
  if (coupon && slot === null) return null;

  const plans = cart.flatMap(([plan, quantity]) => Array.from({ length: quantity }, () => plan));
  const shares = sharesModel(
    BigInt(off),
    plans.map(({ price }) => BigInt(price)),
  );
  const purchase: Purchase = {
    buyer: person,
    account: accountOf(person),
    email,
    coupon,
    total,
    placedAt: shop.now,
    checkAt: shop.now + MINUTE,
    state: 'open',
    session: 'none',
    orders: plans.map((plan, i) => anOrder(plan, plan.price - Number(shares[i]))),
    unheard: [],
  };
  for (const plan of plans) plan.restock(-1);
  if (coupon) coupon.uses.push({ purchase, slot: slot!, state: 'held' });
  shop.purchases.push(purchase);
  if (total === 0) pay(shop, purchase);
  return purchase;
}

const anOrder = (plan: Order['plan'], amount: number): Order => ({
  plan,
  amount,
  status: 'pending',
  payment: 'pending',
  unit: 'held',
  doubt: null,
  promised: false,
  returning: false,
  returned: false,
});

function goOn(shop: ModelShop, purchase: Purchase): Answer {
  if (purchase.state === 'paid') return 'to the order';
  if (purchase.state === 'expired' || shop.now > purchase.placedAt + TIME_TO_PAY) return 'refused';
  if (purchase.session !== 'none') return 'to Stripe';
  if (shop.now > purchase.placedAt + LATEST_START) {
    expire(purchase);
    return 'refused';
  }
  purchase.session = 'open';
  return 'to Stripe';
}

/** Whether one of them turned out to be paid. */
function endOthers(shop: ModelShop, person: Person, but?: Purchase) {
  for (const purchase of shop.open(person).filter((other) => other !== but)) {
    if (purchase.session === 'open') purchase.session = 'expired';
    if (purchase.session === 'none') expire(purchase);
    else settle(shop, purchase);
    if (purchase.state === 'paid') return true;
  }
  return false;
}
