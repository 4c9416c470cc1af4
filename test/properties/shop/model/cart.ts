import type { Coupon } from './coupon.js';
import type { Plan } from './plan.js';
import type { ModelShop, Person } from './shop.js';

const MOST_OF_A_LINE = 20;

/** Whether that many of a plan may lie in a cart: of what is on the shelf and what the cart's own open purchases hold. */
export function available(shop: ModelShop, person: Person, plan: Plan, quantity: number) {
  if (plan.shelf === 'off') return false;
  const held = shop.open(person).flatMap(({ orders }) => orders.filter((order) => order.plan === plan));
  return quantity <= Math.min(MOST_OF_A_LINE, plan.stock + held.length);
}

/** Whether it was put in. */
export function add(shop: ModelShop, person: Person, plan: Plan, quantity: number) {
  const cart = shop.cart(person);
  const wanted = (cart.get(plan) ?? 0) + quantity;
  if (!available(shop, person, plan, wanted)) return false;
  cart.set(plan, wanted);
  return true;
}

export function change(shop: ModelShop, person: Person, plan: Plan, quantity: number) {
  if (!available(shop, person, plan, quantity)) return false;
  shop.cart(person).set(plan, quantity);
  return true;
}

export function worthOf(shop: ModelShop, person: Person) {
  let worth = 0;
  for (const [plan, quantity] of shop.cart(person)) worth += plan.price * quantity;
  return worth;
}

export function enter(shop: ModelShop, person: Person, coupon: Coupon) {
  if (shop.cart(person).size === 0 || coupon.off(worthOf(shop, person), shop.now) === null) return false;
  shop.entered.set(person, coupon);
  return true;
}
