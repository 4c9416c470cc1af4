import { DAY } from '../../lib/clock.js';
import { STAFF, type Frame } from './sizes.js';
import { insert, type Step } from './step.js';
import { idOf, moment, pick, run, scattered } from './words.js';

const WORDS = [
  'Worked the moment that we landed. No complaints at all, and cheaper than roaming.',
  'Fine in the cities, slow in the mountains.',
  'Installed in two minutes with the QR code. Would buy again.',
  'The speed was good in the morning and poor in the evening.',
  'Never connected on the first day; a restart helped.',
  'My whole family used it for a week of maps, photos and calls home.',
];
const WAITING = 'n % 499 = 1';
const REJECTED = 'n % 97 = 2';
const APPROVED = `NOT (${WAITING} OR ${REJECTED})`;
const HELPFUL = `${APPROVED} AND n % 8 = 0`;

/** One of each account and plan, of orders that were kept. */
export async function drawUpReviews({ reviews, now }: Frame) {
  await run(
    `CREATE TEMPORARY TABLE opinion AS SELECT n, customer, account, product, at + ${3 * DAY} AS at FROM (
       SELECT n, customer, account, product, at, row_number() OVER (PARTITION BY account, product ORDER BY n) AS place
       FROM unit JOIN sale ON sale.p = unit.p
       WHERE fate = 'delivered' AND account IS NOT NULL AND at < ${now - 4 * DAY}) own
     WHERE place = 1 ORDER BY n LIMIT ${reviews}`,
  );
  await run('CREATE INDEX opinion_number ON opinion (n)');
}

export const reviews = ({ orders }: Frame): Step => ({
  what: 'reviews',
  count: orders,
  sql: (from, to) =>
    insert(
      'reviews',
      {
        id: idOf('v', 'n'),
        order: idOf('o', 'n'),
        user: 'account',
        product: idOf('d', 'product'),
        rating: `CASE WHEN n % 10 < 6 THEN 5 WHEN n % 10 < 8 THEN 4 ELSE n % 3 + 1 END`,
        title: `CASE WHEN n % 3 = 0 THEN 'Review no. ' || n END`,
        content: pick(WORDS, scattered('n', 7)),
        is_verified: 'TRUE',
        is_approved: APPROVED,
        helpful_count: `CASE WHEN ${HELPFUL} THEN 1 ELSE 0 END`,
        rejection_reason: `CASE WHEN ${REJECTED} THEN 'It is about another shop' END`,
        rejected_at: `CASE WHEN ${REJECTED} THEN ${moment(`at + ${DAY}`)} END`,
        rejected_by: `CASE WHEN ${REJECTED} THEN ${idOf('s', `n % ${STAFF}`)} END`,
        created: moment('at'),
        updated: moment('at'),
      },
      `FROM opinion WHERE n BETWEEN ${from} AND ${to}`,
    ),
});

/** By the neighbour, who has an account too where they bought anything. */
export async function votesAndRatings() {
  const neighbour = idOf('u', '(customer - customer % 5 + (customer % 5 + 1) % 4)');
  await run(
    insert(
      'review_votes',
      {
        id: idOf('w', 'n'),
        review: idOf('v', 'n'),
        user: `CASE WHEN EXISTS (SELECT 1 FROM users u WHERE u.id = ${neighbour}) THEN ${neighbour} ELSE ${idOf('s', '1')} END`,
        created: moment('at'),
        updated: moment('at'),
      },
      `FROM opinion WHERE ${HELPFUL}`,
    ),
  );
  await run(
    `CREATE TEMPORARY TABLE rated AS SELECT product, count(*) AS number, avg(rating * 1.0) AS average
     FROM reviews WHERE is_approved GROUP BY product`,
  );
  await run('CREATE UNIQUE INDEX rated_product ON rated (product)');
  await run(
    `UPDATE esim_products SET rating_count = (SELECT number FROM rated WHERE product = esim_products.id),
       rating_average = (SELECT average FROM rated WHERE product = esim_products.id)
     WHERE id IN (SELECT product FROM rated)`,
  );
}
