import { Op, type WhereOptions } from 'sequelize';
import { forUpdate, tx } from '../database.js';
import { NotFound, ShopError } from '../errors.js';
import { hashOf } from '../lib/ids.js';
import { AuditLog, Review, type User } from '../models/index.js';
import { NEWEST_FIRST, olderThan, pageOf, youngerThan } from '../models/newest-first.js';
import type { ReviewState } from '../models/review.js';

const PAGE = 20;

const IN_STATE: Record<ReviewState, WhereOptions<Review>> = {
  waiting: { isApproved: false, rejectedAt: null },
  shown: { isApproved: true, rejectedAt: null },
  rejected: { isApproved: false, rejectedAt: { [Op.ne]: null } },
};

/**
 * A page of reviews for staff: those that wait with the oldest first, all others with the newest. `next` is the cursor
 * of the page after it, or null.
 */
export async function reviewsInState(state: ReviewState, cursor?: string) {
  const isQueue = state === 'waiting';
  const rows = await Review.findAll({
    where: { [Op.and]: [IN_STATE[state], isQueue ? youngerThan(cursor) : olderThan(cursor)] },
    include: ['user', 'product', 'order'],
    order: isQueue
      ? [
          ['created', 'ASC'],
          ['id', 'ASC'],
        ]
      : NEWEST_FIRST,
    limit: PAGE + 1,
  });
  const { page, next } = pageOf(rows, PAGE);
  return { reviews: page, next };
}

/** What a review says, in short: staff decides about the words that they have read, and no others. */
export const readingOf = ({ rating, title, content, images }: Review) =>
  hashOf(JSON.stringify([rating, title, content, images ?? []])).slice(0, 16);

/** Throws NotFound, or with status 409 when it says something else by now. `reading` as `readingOf` gave it. */
export const approveReview = (id: string, reading: string, staff: User) =>
  judge(id, reading, staff, 'approve', (review) => review.approve());

/** Throws like `approveReview`. */
export const rejectReview = (id: string, reading: string, reason: string, staff: User) =>
  judge(id, reading, staff, 'reject', (review) => review.reject(reason, staff.id));

async function judge(
  id: string,
  reading: string,
  staff: User,
  action: 'approve' | 'reject',
  decide: (review: Review) => Promise<unknown>,
) {
  await tx(async () => {
    const review = await Review.findOne({ where: { id }, ...forUpdate, rejectOnEmpty: new NotFound() });
    if (readingOf(review) !== reading) throw new ShopError(409, 'errors.review.changed');
    const before = stateOf(review);
    await decide(review);
    const after = stateOf(review);
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    await AuditLog.record(staff, action, review, before, after);
  });
}

const stateOf = (review: Review): object => ({
  state: review.state(),
  rejectionReason: review.rejectionReason,
});
