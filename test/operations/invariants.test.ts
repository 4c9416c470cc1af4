import { expect } from 'chai';
import { sequelize } from '../../src/database.js';
import { checkInvariants } from '../../src/operations/invariants.js';
import { aCoupon, aProduct } from '../support/factories.js';
import { buy, startBuying } from '../support/shopping.js';

const broken = async () =>
  (await checkInvariants()).filter(({ ids }) => ids.length > 0).map(({ invariant }) => invariant);

describe('The invariants', () => {
  it('hold in an empty shop, and in one that sells', async () => {
    expect(await broken()).to.deep.equal([]);
    await buy(await aProduct());
    await startBuying(await aProduct());
    expect(await broken()).to.deep.equal([]);
  });

  it('find what a hand in the database can still do', async () => {
    await buy(await aProduct());
    await aCoupon();
    await sequelize.query('UPDATE coupons SET usage_count = 3');
    await sequelize.query(`UPDATE email_logs SET kind = 'order_failed'`);
    await sequelize.query(`UPDATE orders SET provider_order_id = 'another'`);
    expect(await broken()).to.deep.equal([
      'a coupon is counted as often as it is held or used',
      'a completed order was bought once, and its eSIM is the one that was bought',
      'a delivered order has its mail, unless it is on hold',
    ]);
  });
});
