import { Review, type User } from '../models/index.js';
import { NEWEST_FIRST, olderThan, pageOf } from '../models/newest-first.js';

const PAGE = 20;

/** A page of what an account has written, the newest first; `next` is the cursor of the page after it, or null. */
export async function reviewsBy(user: User, before?: string) {
  const rows = await Review.findAll({
    where: { userId: user.id, ...olderThan(before) },
    include: 'product',
    order: NEWEST_FIRST,
    limit: PAGE + 1,
  });
  const { page, next } = pageOf(rows, PAGE);
  return { reviews: page, next };
}
