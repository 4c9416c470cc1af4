import { EDITED, WORDS } from './005-reviews.js';
import type { Schema } from './dialect.js';
import { written } from './fields.js';

/** Staff says why a review is not shown, votes are for shown reviews of others, and readers choose the order of the list. */
export async function up(schema: Schema) {
  await rejections(schema);
  await schema.refuse(
    'votes_are_for_shown_reviews_of_others',
    'review_votes',
    'INSERT',
    `EXISTS (SELECT 1 FROM reviews r WHERE r.id = NEW.review AND (NOT r.is_approved OR r."user" = NEW."user"))`,
    'a vote is for a shown review of somebody else',
  );
  await lists(schema);
}

async function rejections(schema: Schema) {
  await schema.column('reviews', `rejection_reason TEXT CHECK (${written('rejection_reason', 500)})`);
  await schema.column(
    'reviews',
    `rejected_at TIMESTAMPTZ CHECK ((rejected_at IS NULL) = (rejection_reason IS NULL))
       CHECK (rejected_at IS NULL OR NOT is_approved)`,
  );
  await schema.column(
    'reviews',
    `rejected_by TEXT REFERENCES users(id) ON DELETE SET NULL CHECK (rejected_by IS NULL OR rejected_at IS NOT NULL)`,
  );
  await schema.react(
    'edited_reviews_are_judged_anew',
    'reviews',
    `UPDATE OF ${WORDS.join(', ')}`,
    `NEW.rejected_at IS NOT NULL AND (${EDITED})`,
    'UPDATE reviews SET rejection_reason = NULL, rejected_at = NULL, rejected_by = NULL WHERE id = NEW.id;',
  );
}

/** The newest first among equals, as the pages go on from the last row seen (src/reviews/list.ts). */
async function lists(schema: Schema) {
  const sorted = (name: string, column: string) =>
    schema.index('reviews', name, `product, is_approved, ${column}created DESC, id DESC`);
  await sorted('idx_reviews_newest', '');
  await sorted('idx_reviews_helpful', 'helpful_count DESC, ');
  await sorted('idx_reviews_best', 'rating DESC, ');
  await sorted('idx_reviews_worst', 'rating, ');
  await schema.index('reviews', 'idx_reviews_moderation', 'is_approved, rejected_at, created, id');
}
