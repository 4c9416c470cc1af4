import { clock } from '../lib/clock.js';
import { newId } from '../lib/ids.js';
import { EmailLog, Review, User } from '../models/index.js';
import { settings } from '../settings.js';
import { waitOf } from './outbox.js';

/**
 * Tells a writer why the review is not shown, inside the transaction that rejected it. It leaves a little later: who took
 * the wrong one takes it back first.
 */
export async function mailRejection(review: Review) {
  const writer = await User.findByPk(review.userId, { rejectOnEmpty: true });
  if (writer.closedAt) return;
  const id = newId();
  await EmailLog.create({
    id,
    orderId: null,
    purchaseId: null,
    userId: writer.id,
    contactRequestId: null,
    reviewId: review.id,
    kind: 'review_rejected',
    dedupeKey: keyOf(review),
    messageId: `<${id}.review_rejected@${new URL(settings.publicUrl).hostname}>`,
    recipient: writer.email,
    language: writer.language,
    dueAt: clock.now() + waitOf('review_rejected'),
  });
}

/** Of this very rejection. */
const keyOf = ({ id, rejectedAt }: Review) => `review_rejected:${id}:${rejectedAt?.getTime() ?? ''}`;

/** What the mail says; null when the review is gone, changed, or judged otherwise since. */
export async function reviewRejected({ reviewId, dedupeKey }: EmailLog) {
  const review = reviewId ? await Review.findByPk(reviewId, { include: 'product' }) : null;
  if (!review?.rejectedAt || keyOf(review) !== dedupeKey) return null;
  return {
    name: review.product!.name,
    reason: review.rejectionReason!,
    content: review.content,
    link: `${settings.publicUrl}/account/reviews`,
    editable: review.editable(),
  };
}
