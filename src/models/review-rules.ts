import { z } from 'zod';
import { RuleBroken } from '../errors.js';
import { checkFrozen } from './books.js';
import { haveNoTwin, keepFieldRules } from './field-rules.js';
import { Order } from './order.js';
import { Refund } from './refund.js';
import { flagsOf } from './review-flags.js';
import type { Review } from './review.js';
import { prose, rules, wholeFrom } from './rules.js';

const MOST_STARS = 5;
export const LONGEST_REASON = 500;
export const LONGEST_REPLY = 1000;
const WORDS = ['rating', 'title', 'content', 'images'] as const;

/** What reviews refuse with a sentence: data-model section 4. */
export function keepReviewRules(reviews: typeof Review) {
  keepFieldRules(reviews, {
    rating: wholeFrom(1, 'errors.review.rating').max(MOST_STARS, 'errors.review.rating'),
    title: prose(100, 'errors.review.title'),
    content: prose(1000, 'errors.review.content').min(1, 'errors.review.content'),
    images: z.array(rules.picture, 'errors.picture'),
    helpfulCount: wholeFrom(0, 'errors.whole'),
    reply: prose(LONGEST_REPLY, 'errors.desk.reply')
      .min(1, 'errors.desk.reply')
      .refine((reply) => !/lpa:/i.test(reply), 'errors.desk.reply'),
    rejectionReason: prose(LONGEST_REASON, 'errors.review.reason').min(1, 'errors.review.reason'),
  });

  reviews.beforeCreate('be bought, and not given back', async (review) => {
    const { orderId, userId, productId } = review;
    const order = await Order.findOne({ where: { id: orderId, userId, productId, status: 'completed' } });
    const refund = order && (await Refund.findOne({ where: { orderId } }));
    if (!order || (refund && refund.state !== 'failed')) throw new RuleBroken('errors.review.notBought');
    review.isVerified = true;
  });

  haveNoTwin(reviews, ['userId', 'productId'], 'errors.review.twice');

  reviews.beforeCreate('await approval', (review) => {
    review.isApproved = false;
  });

  reviews.beforeUpdate('be edited within a day, and approved anew', (review) => {
    checkFrozen(review, ['orderId', 'userId', 'productId', 'created', 'isVerified']);
    if (!WORDS.some((column) => review.changed(column))) return;
    if (!review.editable()) throw new RuleBroken('errors.review.tooLate');
    review.isApproved = false;
    Object.assign(review, { rejectionReason: null, rejectedAt: null, rejectedById: null });
  });

  reviews.beforeSave('be flagged by their words', (review) => {
    if (review.isNewRecord || review.changed('title') || review.changed('content'))
      review.isFlagged = flagsOf(review).length > 0;
  });

  reviews.beforeSave('be answered at a time', ({ reply, repliedAt, repliedById }) => {
    const isWhole = reply ? repliedAt : !repliedAt && !repliedById;
    if (!isWhole) throw new RuleBroken('errors.desk.reply', {}, 'reply');
  });

  reviews.beforeSave('be rejected for a reason, and then not shown', (review) => {
    const { rejectedAt, rejectedById, rejectionReason, isApproved } = review;
    const isWhole = rejectedAt ? rejectionReason : !rejectionReason && !rejectedById;
    if (!isWhole || (rejectedAt && isApproved))
      throw new RuleBroken('errors.review.rejected', {}, 'rejection_reason');
  });
}
