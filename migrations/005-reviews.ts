import type { Schema } from './dialect.js';
import { picture, written } from './fields.js';

export const WORDS = ['rating', 'title', 'content', 'images'];
/** True of an UPDATE that changes what a review says. */
export const EDITED = WORDS.map((column) => `NEW.${column} IS DISTINCT FROM OLD.${column}`).join(' OR ');

/** What buyers say: data-model section 4. The rating on the product follows every write, cascades included. */
export async function up(schema: Schema) {
  await tables(schema);
  await buyersWrite(schema);
  await staffApproves(schema);
  await ratingsFollow(schema);
}

async function tables(schema: Schema) {
  await schema.table(
    'reviews',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     "order" TEXT NOT NULL REFERENCES orders(id) ON DELETE RESTRICT,
     "user" TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     product TEXT NOT NULL REFERENCES esim_products(id) ON DELETE CASCADE,
     rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
     title TEXT CHECK (length(title) <= 100),
     content TEXT NOT NULL CHECK (${written('content', 1000)}),
     images JSONB CHECK (${schema.isList('images')}),
     is_verified BOOLEAN NOT NULL DEFAULT FALSE,
     is_approved BOOLEAN NOT NULL DEFAULT FALSE,
     helpful_count INTEGER NOT NULL DEFAULT 0 CHECK (helpful_count >= 0),
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.index('reviews', 'idx_reviews_product_approved', 'product, is_approved');
  await schema.index('reviews', 'idx_reviews_user', '"user"');
  await schema.unique('reviews', 'idx_reviews_user_product', '"user", product');

  await schema.table(
    'review_votes',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     review TEXT NOT NULL REFERENCES reviews(id) ON DELETE CASCADE,
     "user" TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     created TIMESTAMPTZ NOT NULL,
     updated TIMESTAMPTZ NOT NULL`,
  );
  await schema.unique('review_votes', 'idx_review_votes_once', 'review, "user"');
}

async function buyersWrite(schema: Schema) {
  const own = `o.id = NEW."order" AND o."user" = NEW."user" AND o.product = NEW.product`;
  await schema.refuse(
    'reviews_are_bought',
    'reviews',
    'INSERT',
    `NOT EXISTS (SELECT 1 FROM orders o WHERE ${own} AND o.status = 'completed'
      AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r."order" = o.id AND r.state <> 'failed'))`,
    'a review needs the reviewer’s own completed order of the product',
  );
  await schema.refuse(
    'reviews_keep_their_origin',
    'reviews',
    'UPDATE',
    'NEW."order" <> OLD."order" OR NEW."user" <> OLD."user" OR NEW.product <> OLD.product OR NEW.created <> OLD.created',
    'a review stays with its order, reviewer, product and date',
  );
  await schema.refuseRow(
    'reviews_show_pictures',
    'reviews',
    'images',
    schema.hasItem('NEW.images', `NOT is_text OR NOT (${picture(schema, 'item')})`),
    'the images of a review are addresses of pictures',
  );
  await schema.refuse(
    'reviews_are_edited_within_a_day',
    'reviews',
    `UPDATE OF ${WORDS.join(', ')}`,
    `(${EDITED}) AND ${schema.ageOf('OLD.created')} >= 86400`,
    'a review can be changed for 24 hours',
  );
}

/** Whatever a statement says, new words are not approved, and a review is verified exactly while its order is completed. */
async function staffApproves(schema: Schema) {
  const unapproved = 'UPDATE reviews SET is_approved = FALSE WHERE id = NEW.id;';
  await schema.react('new_reviews_await_approval', 'reviews', 'INSERT', 'NEW.is_approved', unapproved);
  await schema.react(
    'edited_reviews_await_approval',
    'reviews',
    `UPDATE OF ${WORDS.join(', ')}`,
    `NEW.is_approved AND (${EDITED})`,
    unapproved,
  );
  const verified = `EXISTS (SELECT 1 FROM orders o WHERE o.id = NEW."order" AND o.status = 'completed')`;
  const verify = `UPDATE reviews SET is_verified = ${verified} WHERE id = NEW.id;`;
  await schema.react('reviews_are_verified', 'reviews', 'INSERT', 'NOT NEW.is_verified', verify);
  await schema.react(
    'reviews_stay_verified',
    'reviews',
    'UPDATE OF is_verified',
    `NEW.is_verified <> ${verified}`,
    verify,
  );
  await schema.react(
    'reviews_lose_verification_with_their_order',
    'orders',
    'UPDATE OF status',
    `OLD.status = 'completed' AND NEW.status <> 'completed'`,
    'UPDATE reviews SET is_verified = FALSE WHERE "order" = NEW.id;',
  );
}

async function ratingsFollow(schema: Schema) {
  await schema.takeTurns(
    'reviews_await_their_turn',
    'reviews',
    'UPDATE OF is_approved',
    'esim_products',
    'NEW.product',
  );
  await schema.takeTurns(
    'reviews_await_their_turn_to_go',
    'reviews',
    'DELETE',
    'esim_products',
    'OLD.product',
  );
  const recount = (row: string) => `UPDATE esim_products SET
      rating_count = (SELECT count(*) FROM reviews WHERE product = ${row}.product AND is_approved),
      rating_average = (SELECT avg(rating * 1.0) FROM reviews WHERE product = ${row}.product AND is_approved)
    WHERE id = ${row}.product;`;
  await schema.react(
    'reviews_count_when_changed',
    'reviews',
    'UPDATE OF is_approved',
    'NEW.is_approved <> OLD.is_approved',
    recount('NEW'),
  );
  await schema.react('reviews_count_when_removed', 'reviews', 'DELETE', 'OLD.is_approved', recount('OLD'));

  await schema.takeTurns('review_votes_await_their_turn', 'review_votes', 'INSERT', 'reviews', 'NEW.review');
  await schema.takeTurns(
    'review_votes_await_their_turn_to_go',
    'review_votes',
    'DELETE',
    'reviews',
    'OLD.review',
  );
  const votes = (row: string) =>
    `UPDATE reviews SET helpful_count = (SELECT count(*) FROM review_votes WHERE review = ${row}.review) WHERE id = ${row}.review;`;
  await schema.react('review_votes_count_when_cast', 'review_votes', 'INSERT', 'TRUE', votes('NEW'));
  await schema.react('review_votes_count_when_withdrawn', 'review_votes', 'DELETE', 'TRUE', votes('OLD'));
}
