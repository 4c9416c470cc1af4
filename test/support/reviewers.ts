import { Review, type Product, type User } from '../../src/models/index.js';
import { keptOrders } from '../../src/reviews/who-may-review.js';
import { writeReview } from '../../src/reviews/write.js';
import { world } from './environment.js';
import { aProduct } from './factories.js';
import { aLoggedInMember } from './members.js';
import type { Visitor } from './visitor.js';
import { work } from './work.js';

/** Buys a plan, and has its eSIM. */
export async function buyAs(visitor: Visitor, plan: Product, email?: string) {
  await visitor.put(plan);
  world.stripe.pay(await visitor.startPaying(email ? { email } : {}));
  await work();
}

/** Somebody logged in who has bought a plan. */
export async function aBuyer(name = 'Alice Liddell') {
  const plan = await aProduct();
  const { user, visitor } = await aLoggedInMember({ name });
  await buyAs(visitor, plan);
  return { plan, user, visitor };
}

/** What a buyer says of the plan, in a few words. */
export async function aReviewBy({ id: userId }: User, { id: productId }: Product, photos: Buffer[] = []) {
  const [order] = await keptOrders({ userId, productId });
  await writeReview(order!, { rating: 5, title: null, content: 'Mine alone.' }, photos);
  return Review.findOne({ where: { userId, productId }, rejectOnEmpty: true });
}
