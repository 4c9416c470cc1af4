import { expect } from 'chai';
import { QueryTypes } from 'sequelize';
import { COUPON_STATES, couponList, readChoice as readCoupons, usesOf } from '../../src/coupons/list.js';
import { onSqlite, sequelize } from '../../src/database.js';
import { Review } from '../../src/models/index.js';
import { STATES, nextInQueue, readChoice, reviewQueue } from '../../src/reviews/queue.js';
import { aCoupon, aProduct } from '../support/factories.js';
import { aReview } from '../support/reviews.js';

const CURSOR = '1750000000000-aaaaaaaaaaaaaaa';

const { options } = sequelize as unknown as { options: { logging: unknown } };

/** The SELECTs that some work asks, with their values, as the plan needs them. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const before = options.logging;
  options.logging = (sql: string) => statements.push(sql.replace(/^Executed \([^)]*\): /, ''));
  try {
    await work();
  } finally {
    options.logging = before;
  }
  return statements.filter((sql) => sql.startsWith('SELECT'));
}

/** Steps that read a whole table, or sort what they have read. */
async function slowSteps(sql: string) {
  const plan = await sequelize.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, {
    type: QueryTypes.SELECT,
  });
  return plan
    .map(({ detail }) => detail)
    .filter((detail) =>
      /TEMP B-TREE|^SCAN (?!.*USING (COVERING )?INDEX idx_(coupons_created|reviews_rejected))/.test(detail),
    );
}

async function expectFast(work: () => Promise<unknown>, name: string) {
  for (const sql of await asked(work)) expect(await slowSteps(sql), `${name}: ${sql}`).to.deep.equal([]);
}

(onSqlite ? describe : describe.skip)('The lists of the desk', () => {
  it('find reviews by an index, whatever is chosen', async () => {
    const plan = await aProduct();
    const review = await aReview(plan);
    for (const state of STATES)
      for (const more of [
        {},
        { plan: plan.slug },
        { stars: '1' },
        { flagged: 'yes' },
        { stars: '1', flagged: 'yes' },
      ])
        for (const after of [undefined, CURSOR]) {
          const choice = readChoice({ state, ...more, after });
          await expectFast(() => reviewQueue(choice), JSON.stringify(choice));
          await expectFast(() => nextInQueue(choice, review), JSON.stringify(choice));
        }
    expect(await Review.count()).to.equal(1);
  });

  it('find coupons by an index, whatever is chosen', async () => {
    const coupon = await aCoupon();
    for (const state of [undefined, ...COUPON_STATES])
      for (const q of [undefined, 'ABC'])
        for (const after of [undefined, CURSOR]) {
          const choice = readCoupons({ state, q, after });
          await expectFast(() => couponList(choice), JSON.stringify(choice));
        }
    await expectFast(() => usesOf(coupon), 'uses');
    await expectFast(() => usesOf(coupon, CURSOR), 'uses');
  });
});
