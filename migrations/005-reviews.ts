import type { Schema } from './dialect.js';

/** What buyers say: data-model section 4. The rating on the product follows every write, cascades included. */
export async function up(schema: Schema) {
  await schema.table(
    'reviews',
    `id TEXT PRIMARY KEY CHECK (length(id) = 15),
     "order" TEXT NOT NULL REFERENCES orders(id) ON DELETE RESTRICT,
     "user" TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
     product TEXT NOT NULL REFERENCES esim_products(id) ON DELETE CASCADE,
     rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
     title TEXT CHECK (length(title) <= 100),
     content TEXT NOT NULL CHECK (length(content) BETWEEN 1 AND 1000),
     images JSONB,
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

  await schema.refuse(
    'reviews_are_bought',
    'reviews',
    'INSERT',
    `NOT EXISTS (SELECT 1 FROM orders WHERE orders.id = NEW."order" AND orders."user" = NEW."user" AND orders.product = NEW.product AND orders.status = 'completed')`,
    'a review needs the reviewer’s own completed order of the product',
  );
  await schema.refuse(
    'reviews_keep_their_origin',
    'reviews',
    'UPDATE',
    'NEW."order" <> OLD."order" OR NEW."user" <> OLD."user" OR NEW.product <> OLD.product',
    'a review stays with its order, reviewer and product',
  );

  await schema.takeTurns(
    'reviews_await_their_turn',
    'reviews',
    'INSERT OR UPDATE OF rating, is_approved',
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
  await schema.react('reviews_count_when_written', 'reviews', 'INSERT', 'NEW.is_approved', recount('NEW'));
  await schema.react(
    'reviews_count_when_changed',
    'reviews',
    'UPDATE OF rating, is_approved',
    'TRUE',
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
