import type { Schema } from './dialect.js';
import { written } from './fields.js';

/**
 * The desk of the back office: what a person settles says who it was, an activation code is one order's, the shop answers
 * reviews, and the lists of reviews and coupons are found fast.
 */
export async function up(schema: Schema) {
  await schema.column(
    'fulfilment_attempts',
    `settled_by TEXT REFERENCES users(id) ON DELETE RESTRICT
       CHECK (settled_by IS NULL OR state IN ('succeeded', 'rejected'))`,
  );
  await schema.unique(
    'orders',
    'idx_orders_activation_code',
    'esim_activation_code',
    'esim_activation_code IS NOT NULL',
  );
  await answers(schema);
  await queue(schema);
  await coupons(schema);
}

async function answers(schema: Schema) {
  await schema.column(
    'reviews',
    `reply TEXT CHECK (${written('reply', 1000)} AND lower(reply) NOT LIKE '%lpa:%')`,
  );
  await schema.column('reviews', `replied_at TIMESTAMPTZ CHECK ((replied_at IS NULL) = (reply IS NULL))`);
  await schema.column(
    'reviews',
    `replied_by TEXT REFERENCES users(id) ON DELETE SET NULL CHECK (replied_by IS NULL OR reply IS NOT NULL)`,
  );
  await schema.column('email_logs', 'review TEXT REFERENCES reviews(id) ON DELETE SET NULL');
  await schema.index('email_logs', 'idx_email_logs_review', 'review', 'review IS NOT NULL');
}

/** What is rejected was so at many times, so that its lists need indexes of their own (src/reviews/queue.ts). */
async function queue(schema: Schema) {
  await schema.column('reviews', 'is_flagged BOOLEAN NOT NULL DEFAULT FALSE');
  await schema.run(
    `UPDATE reviews SET is_flagged = TRUE WHERE ${['content', 'title']
      .flatMap((column) =>
        ['lpa:', 'http', 'www.', '@', '.com'].map((text) => `lower(${column}) LIKE '%${text}%'`),
      )
      .join(' OR ')}`,
  );
  const state = 'is_approved, rejected_at';
  const inTime = 'created, id';
  await schema.index('reviews', 'idx_reviews_queue_rating', `${state}, rating, ${inTime}`);
  await schema.index('reviews', 'idx_reviews_queue_flagged', `${state}, is_flagged, ${inTime}`);
  await schema.index('reviews', 'idx_reviews_queue_product', `product, ${state}, ${inTime}`);
  const rejected = 'rejected_at IS NOT NULL';
  await schema.index('reviews', 'idx_reviews_rejected', inTime, rejected);
  await schema.index('reviews', 'idx_reviews_rejected_rating', `rating, ${inTime}`, rejected);
  await schema.index('reviews', 'idx_reviews_rejected_flagged', `is_flagged, ${inTime}`, rejected);
  await schema.index('reviews', 'idx_reviews_rejected_product', `product, ${inTime}`, rejected);
  await schema.index('reviews', 'idx_reviews_order', '"order"');
}

/** The conditions are written as src/coupons/list.ts writes them, or SQLite does not know them again. */
async function coupons(schema: Schema) {
  const inTime = 'created, id';
  await schema.index('coupons', 'idx_coupons_created', inTime);
  await schema.index('coupons', 'idx_coupons_switched', `is_active, ${inTime}`);
  await schema.index('coupons', 'idx_coupons_ended', 'is_active, valid_until, id');
  await schema.index(
    'coupons',
    'idx_coupons_usable',
    `is_active, ${inTime}`,
    '(usage_limit IS NULL OR usage_count < usage_limit)',
  );
  await schema.index(
    'coupons',
    'idx_coupons_used_up',
    `is_active, ${inTime}`,
    '(usage_limit IS NOT NULL AND usage_count >= usage_limit)',
  );
  await schema.index('coupon_redemptions', 'idx_redemptions_coupon', `coupon, ${inTime}`);
}
