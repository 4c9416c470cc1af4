import { COUPONS, type Frame } from './sizes.js';
import type { Step } from './step.js';
import { digits, favouring, idOf, pick, run, scattered, series } from './words.js';

/**
 * What is sold to whom, and what becomes of it: two tables of this connection alone, from which all rows are written, so
 * that they tell one story.
 */
export async function drawUp() {
  await run(
    `CREATE TEMPORARY TABLE sale (p BIGINT PRIMARY KEY, units BIGINT, customer BIGINT, account TEXT, product BIGINT,
       state TEXT, at BIGINT, coupon BIGINT, price BIGINT, off BIGINT, currency TEXT, email TEXT, name TEXT, payment TEXT)`,
  );
  await run(
    `CREATE TEMPORARY TABLE unit (n BIGINT PRIMARY KEY, p BIGINT, position BIGINT, fate TEXT, tries BIGINT,
       own TEXT, provider TEXT, country TEXT, cost BIGINT)`,
  );
}

const FIRST =
  'Mina Jun Sora Alice Bruno Chen Dario Emma Felix Grace Hugo Ines Jonas Kate Liam Nora Omar Priya Rosa Tom'.split(
    ' ',
  );
const LAST =
  'Kim Lee Park Smith Rossi Garcia Novak Martin Silva Tanaka Nguyen Weber Dubois Costa Haddad'.split(' ');
const MAILBOXES = ['example.com', 'mail.example', 'post.example', 'work.example'];

/** Most buy twice or three times; of fifty purchases one is by one of a few travel agencies. */
const CUSTOMER = (customers: number) =>
  `(CASE WHEN p % 50 = 0 THEN p / 50 % 40 ELSE ${scattered('p', 4)} * 7 + p END % ${customers})`;
const FIRST_NAME = pick(FIRST, 'customer');
const LAST_NAME = pick(LAST, 'customer / 20');
const EMAIL = `lower(${FIRST_NAME}) || '.' || lower(${LAST_NAME}) || customer || '@' || ${pick(MAILBOXES, 'customer')}`;

export const sales = (frame: Frame): Step => ({
  what: 'sales drawn up',
  count: frame.purchases,
  sql: (from, to) => {
    const state = `CASE WHEN p >= ${frame.purchases - frame.open} THEN 'open' WHEN ${scattered('p', 3)} % 1000 < 80 THEN 'expired'
      WHEN p % ${frame.rare.review} = 7 THEN 'review' ELSE 'paid' END`;
    const forgotten = `state = 'expired' AND at < ${frame.forgottenBefore}`;
    return `INSERT INTO sale ${series(from, to)}, numbered AS (SELECT n AS p FROM series), drawn AS (
        SELECT p, CASE WHEN p % 8 = 7 THEN 3 ELSE 1 END AS units, ${CUSTOMER(frame.customers)} AS customer,
          ${favouring(scattered('p', 5), frame.products)} AS product, ${state} AS state,
          ${frame.start} + ${frame.span} * p / ${frame.purchases} AS at FROM numbered)
      SELECT p, units, customer,
        CASE WHEN customer % 5 < 4 AND NOT (${forgotten}) THEN ${idOf('u', 'customer')} END, product, state, at,
        CASE WHEN p % 12 = 5 THEN p % ${COUPONS} END, plan.price_minor,
        CASE WHEN p % 12 = 5 THEN plan.price_minor / 10 ELSE 0 END, plan.currency,
        CASE WHEN ${forgotten} THEN 'erased-' || customer || '@closed.invalid' ELSE ${EMAIL} END,
        CASE WHEN NOT (${forgotten}) THEN ${FIRST_NAME} || ' ' || ${LAST_NAME} END,
        CASE state WHEN 'paid' THEN 'pi_3Seed' || ${digits('p', 12)} ELSE 'cs_test_Seed' || ${digits('p', 12)} END
      FROM drawn JOIN esim_products plan ON plan.id = ${idOf('d', 'product')}`;
  },
});

const OTHER = `CASE plan.provider WHEN 'Airalo' THEN 'MobiMatter' WHEN 'MobiMatter' THEN 'eSIM Card' ELSE 'Airalo' END`;

/** `returned`: given back after the delivery; `undeliverable`: refunded by the shop; `failed`: and the refund too. */
export const units = ({ orders, rare }: Frame): Step => ({
  what: 'eSIMs drawn up',
  count: orders,
  sql: (from, to) => `INSERT INTO unit ${series(from, to)}, fated AS (
      SELECT n, p, CASE WHEN n % 10 < 7 THEN 0 ELSE n % 10 - 7 END AS position, product,
        CASE WHEN state = 'expired' THEN 'unpaid' WHEN state <> 'paid' THEN 'awaited'
          WHEN n % ${rare.failed} = 5 THEN 'failed' WHEN n % ${rare.heldAtWork} = 9 THEN 'at work'
          WHEN n % ${rare.heldBefore} = 3 THEN 'before' WHEN ${scattered('n', 6)} % 1000 < 12 THEN 'returned'
          WHEN ${scattered('n', 6)} % 1000 < 20 THEN 'undeliverable' ELSE 'delivered' END AS fate
      FROM series JOIN sale ON p = n / 10 * 8 + CASE WHEN n % 10 < 7 THEN n % 10 ELSE 7 END),
    tried AS (SELECT fated.*, CASE WHEN fate IN ('undeliverable', 'failed') THEN 2
      WHEN fate IN ('delivered', 'returned') THEN CASE WHEN n % 20 = 4 THEN 2 ELSE 1 END ELSE 0 END AS tries FROM fated)
    SELECT n, p, position, fate, tries, plan.provider, CASE tries WHEN 2 THEN ${OTHER} ELSE plan.provider END,
      plan.country, plan.cost_minor
    FROM tried JOIN esim_products plan ON plan.id = ${idOf('d', 'product')}`,
});
