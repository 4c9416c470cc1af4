import { ratingOf } from './reviews.js';
import type { ModelShop } from './shop.js';

/** The state of the model, a line each, in the words in which `real/words.ts` tells that of the shop. */
export function wordsOf(shop: ModelShop): string[] {
  const plans = Object.values(shop.plans);
  const charged = shop.purchases.filter(({ session }) => session === 'complete');
  const returned = shop.orders().filter((order) => order.returned);
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  return [
    ...plans.map((plan) => {
      const { count, average } = ratingOf(shop, plan);
      return `${plan.name}: ${plan.stock} ${plan.shelf} at ${plan.price}, ${count} stars ${average?.toFixed(2) ?? '-'}`;
    }),
    ...Object.values(shop.coupons).map((coupon) => `${coupon.code}: ${coupon.count()} uses`),
    ...[...shop.carts].flatMap(([person, cart]) =>
      [...cart].map(([plan, quantity]) => `${person}'s cart: ${quantity} ${plan.name}`),
    ),
    ...shop.purchases.flatMap((purchase, i) => [
      `#${i} ${purchase.state}: ${purchase.total}`,
      ...purchase.orders.map(
        (order, j) =>
          `#${i}.${j} ${order.plan.name} ${order.amount}: ${order.status} ${order.payment} ${order.unit}`,
      ),
      ...(purchase.coupon?.uses.filter((use) => use.purchase === purchase) ?? []).map(
        ({ slot, state }) => `#${i} ${purchase.coupon!.code}: slot ${slot} ${state}`,
      ),
    ]),
    ...shop.reviews.map(
      ({ writer, plan, rating, approved, voters }) =>
        `${writer} on ${plan.name}: ${rating} ${approved ? 'approved' : 'waits'}, helped ${voters.size}`,
    ),
    `charged ${sum(charged.map(({ total }) => total))}, returned ${sum(returned.map(({ amount }) => amount))}`,
  ].toSorted();
}
