import type { Plan } from './plan.js';
import type { Order } from './purchase.js';
import { DAY, type ModelShop, type Person } from './shop.js';

export interface Review {
  writer: Person;
  plan: Plan;
  rating: number;
  approved: boolean;
  writtenAt: number;
  voters: Set<Person>;
}

export const reviewOf = (shop: ModelShop, writer: Person, plan: Plan) =>
  shop.reviews.find((review) => review.writer === writer && review.plan === plan);

/** The money has not gone back, as far as the shop has heard. */
const keeps = (order: Order, unheard: unknown[]) =>
  order.status === 'completed' && !order.promised && !(order.returned && unheard.length === 0);

/** Whether it may be written: by who has an eSIM of the plan and keeps it, once. */
export function write(shop: ModelShop, writer: Person, plan: Plan, rating: number) {
  const bought = shop.purchases.some(
    ({ account, orders, unheard }) =>
      account === writer && orders.some((order) => order.plan === plan && keeps(order, unheard)),
  );
  if (!bought || reviewOf(shop, writer, plan)) return false;
  shop.reviews.push({ writer, plan, rating, approved: false, writtenAt: shop.now, voters: new Set() });
  return true;
}

/** Whether it may still be edited: within a day, and then it is approved anew. */
export function edit(shop: ModelShop, review: Review, rating: number) {
  if (shop.now - review.writtenAt >= DAY) return false;
  review.rating = rating;
  review.approved = false;
  return true;
}

/** Whether the vote counts: one each, for what others said and everybody can see. */
export function vote(review: Review, person: Person) {
  if (!review.approved || review.writer === person || review.voters.has(person)) return false;
  review.voters.add(person);
  return true;
}

export function ratingOf(shop: ModelShop, plan: Plan) {
  const ratings = shop.reviews
    .filter((review) => review.plan === plan && review.approved)
    .map(({ rating }) => rating);
  const average = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  return { count: ratings.length, average: ratings.length > 0 ? average : null };
}
