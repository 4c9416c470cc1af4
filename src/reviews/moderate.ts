import { forUpdate, tx } from '../database.js';
import { NotFound, ShopError } from '../errors.js';
import { hashOf } from '../lib/ids.js';
import { wake } from '../lib/wake.js';
import { mailRejection } from '../mail/review-rejected.js';
import { AuditLog, Review, type User } from '../models/index.js';
import type { ReviewState } from '../models/review.js';

const wordsOf = ({ rating, title, content, images }: Review) =>
  hashOf(JSON.stringify([rating, title, content, images ?? []])).slice(0, 16);

/** What a review says and where it stands, in short: staff decides about what they have read, and nothing else. */
export const readingOf = (review: Review) => `${wordsOf(review)}-${review.state()}`;

/** Throws NotFound, or with status 409 when it says something else by now, or a colleague has judged it. `reading` as `readingOf` gave it. */
export const approveReview = (id: string, reading: string, staff: User) =>
  judge(id, reading, staff, {
    action: 'approve',
    isDone: (review) => review.isApproved,
    decide: (review) => review.approve(),
  });

/** Throws like `approveReview`. Its writer is told why, unless it is taken back at once. */
export async function rejectReview(id: string, reading: string, reason: string, staff: User) {
  const review = await judge(id, reading, staff, {
    action: 'reject',
    isDone: ({ rejectionReason }) => rejectionReason === reason,
    decide: async (fresh) => {
      await fresh.reject(reason, staff.id);
      await mailRejection(fresh);
    },
  });
  wake();
  return review;
}

interface Judgement {
  action: 'approve' | 'reject';
  /** Pressed twice, it is said once. */
  isDone: (review: Review) => boolean;
  decide: (review: Review) => Promise<unknown>;
}

function judge(
  id: string,
  reading: string,
  staff: User,
  { action, isDone, decide }: Judgement,
): Promise<Review> {
  return tx(async () => {
    const review = await lockedReview(id);
    if (isDone(review)) return review;
    mustBeAsRead(review, reading);
    const before = stateOf(review);
    await decide(review);
    await AuditLog.record(staff, action, review, before, stateOf(review));
    return review;
  });
}

function mustBeAsRead(review: Review, reading: string) {
  if (reading === readingOf(review)) return;
  const isReadWell = reading.split('-')[0] === wordsOf(review);
  throw new ShopError(409, isReadWell ? 'errors.desk.colleague' : 'errors.review.changed');
}

interface Judged {
  state: ReviewState;
  rejectionReason: string | null;
}

/** Puts a review back to what it was before the last judgement, if that was `staff`'s own. Throws NotFound, or with status 409. */
export async function undoJudgement(id: string, staff: User) {
  await tx(async () => {
    const review = await lockedReview(id);
    const last = await lastJudgement(id);
    if (!last || last.action === 'undo') throw new ShopError(409, 'errors.desk.nothingToUndo');
    const said = last.after as Judged;
    if (last.actorId !== staff.id || said.state !== review.state())
      throw new ShopError(409, 'errors.desk.colleague');
    const before = stateOf(review);
    const earlier = last.before as Judged;
    if (earlier.state === 'shown') await review.approve();
    else if (earlier.state === 'rejected') await rejectAgain(review, earlier.rejectionReason!, staff);
    else await review.waitAgain();
    await AuditLog.record(staff, 'undo', review, before, stateOf(review));
  });
}

/** The mail that told its writer was of the rejection before. */
async function rejectAgain(review: Review, reason: string, staff: User) {
  await review.reject(reason, staff.id);
  await mailRejection(review);
}

const lastJudgement = (entityId: string) =>
  AuditLog.findOne({
    where: { entity: 'reviews', entityId, action: ['approve', 'reject', 'undo'] },
    order: [
      ['created', 'DESC'],
      ['id', 'DESC'],
    ],
  });

/** What `staff` said last of this review, if it can be taken back; else null. */
export async function ownJudgement(id: string, staff: User) {
  const last = await lastJudgement(id);
  if (!last || last.actorId !== staff.id || last.action === 'undo') return null;
  const review = await Review.findByPk(id);
  return review && { review, action: last.action };
}

/** Says something to a review, below it, for all readers; null takes it away. Throws NotFound, RuleBroken. */
export async function answerReview(id: string, reply: string | null, staff: User) {
  await tx(async () => {
    const review = await lockedReview(id);
    const before = { reply: review.reply };
    if (before.reply === reply) return;
    await review.answer(reply, staff.id);
    await AuditLog.record(staff, reply === null ? 'remove_reply' : 'reply', review, before, {
      reply: review.reply,
    });
  });
}

const lockedReview = (id: string) =>
  Review.findOne({ where: { id }, ...forUpdate, rejectOnEmpty: new NotFound() });

const stateOf = (review: Review): Judged => ({
  state: review.state(),
  rejectionReason: review.rejectionReason,
});
