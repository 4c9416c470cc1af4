import { ShopError } from '../errors.js';
import type { User } from '../models/index.js';
import { approveReview, rejectReview } from './moderate.js';

/** A review as it was ticked: which, and what it said then. */
export interface Ticked {
  id: string;
  reading: string;
}

/** Each by itself: one that was changed or removed since stops no other. `reason` null approves. Returns how many were judged, and the first refusal. */
export async function judgeMany(ticked: readonly Ticked[], reason: string | null, staff: User) {
  let judged = 0;
  let refusal: ShopError | null = null;
  for (const { id, reading } of ticked) {
    try {
      await (reason === null ? approveReview(id, reading, staff) : rejectReview(id, reading, reason, staff));
      judged += 1;
    } catch (error) {
      if (!(error instanceof ShopError)) throw error;
      refusal ??= error.status === 404 ? new ShopError(409, 'errors.review.changed') : error;
    }
  }
  return { judged, refusal };
}
