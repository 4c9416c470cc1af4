import { isDuplicate, tx } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { Review, ReviewVote, type User } from '../models/index.js';

/** A review that everybody can see, with its plan. Throws NotFound. */
export const shownReview = (id: string) =>
  Review.findOne({ where: { id, isApproved: true }, include: 'product', rejectOnEmpty: new NotFound() });

/** Finds a review helpful; a second time changes nothing. Throws NotFound, and RuleBroken for one's own. */
export async function voteFor(id: string, { id: userId }: User) {
  try {
    await tx(async () => {
      const { id: reviewId } = await shownReview(id);
      await ReviewVote.create({ reviewId, userId });
    });
  } catch (error) {
    const isSecond =
      isDuplicate(error, 'review_votes', 'review') ||
      (error instanceof RuleBroken && error.key === 'errors.review.votedTwice');
    if (!isSecond) throw error;
  }
}

/** Throws NotFound when there is no such review to be seen; a vote that was never cast changes nothing. */
export async function withdrawVote(id: string, { id: userId }: User) {
  await tx(async () => {
    const { id: reviewId } = await shownReview(id);
    await ReviewVote.destroy({ where: { reviewId, userId } });
  });
}
