import { expect } from 'chai';
import { hashPassword } from '../../src/accounts/password.js';
import { Coupon, CouponRedemption, Purchase } from '../../src/models/index.js';
import { Buyer } from '../support/buyer.js';
import { world } from '../support/environment.js';
import { aCoupon, aProduct, aUser } from '../support/factories.js';
import { count, sized } from '../support/figures.js';
import { finish, here, openRivals } from '../support/rivals.js';
import { work } from '../support/work.js';
import { crowd, losersOf, winnersOf, type Attempt } from './crowd.js';

const CROWD = sized(12, 500);
const LIMIT = 7;
const SESSIONS = sized(5, 40);
const PASSWORD = 'a long enough password';

const USED_UP = /^This coupon has been used up\.$/;
const USED_BY_YOU = /^You have already used this coupon\.$/;

/** Everybody checks out at once, and looks what is left of the coupon as soon as there is an answer. */
async function rushFor(coupon: Coupon, buyers: Buyer[], limit = LIMIT): Promise<Attempt[]> {
  count('coupon checkouts', buyers.length);
  return Promise.all(
    buyers.map(async (buyer) => {
      const answer = await buyer.checkOut();
      expect(await inUse(coupon)).to.be.at.most(limit);
      return { buyer, ...answer };
    }),
  );
}

const inUse = (coupon: Coupon) =>
  CouponRedemption.count({ where: { couponId: coupon.id, state: ['held', 'used'] } });

/** To the last use, and not one more. */
async function expectUsedUp(coupon: Coupon, limit = LIMIT) {
  const uses = await inUse(coupon);
  expect([uses, (await coupon.reload()).usageCount]).to.deep.equal([limit, limit]);
  count('coupon uses', uses);
  count('coupon limit', limit);
}

/** One after the other their payment pages close, and the shop gives the coupon to whoever comes next. */
async function runOut(attempts: Attempt[]) {
  for (const { session } of attempts) {
    world.stripe.expire(session);
    await world.stripe.settled();
    await finish(here, 'inbox');
  }
}

describe('A coupon', function () {
  this.timeout(sized(120_000, 0));

  before(openRivals);

  it('for seven is held by seven of a crowd, given on when their time runs out, and paid with by seven', async () => {
    const plan = await aProduct({ stock: CROWD });
    const coupon = await aCoupon({ usageLimit: LIMIT });
    const buyers = await crowd(CROWD, async (buyer) => {
      await buyer.put(plan);
      return buyer.enter(coupon.code);
    });
    const first = await rushFor(coupon, buyers);
    const holders = winnersOf(first, USED_UP);
    expect(holders).to.have.length(LIMIT);

    const [leaving, staying] = [holders.slice(0, 4), holders.slice(4)];
    const [second] = await Promise.all([rushFor(coupon, losersOf(first)), runOut(leaving)]);
    const third = await rushFor(coupon, losersOf(second));
    const heirs = [...winnersOf(second, USED_UP), ...winnersOf(third, USED_UP)];
    expect(heirs).to.have.length(leaving.length);

    for (const { session } of [...staying, ...heirs]) world.stripe.pay(session);
    await work();
    await expectUsedUp(coupon);
    expect(await CouponRedemption.count({ where: { state: 'used' } })).to.equal(LIMIT);
    expect(world.stripe.ledger().charges).to.have.length(LIMIT);
    expect((await plan.reload()).stock).to.equal(CROWD - LIMIT);
  });

  it('for one each is held once by a guest in many browsers, however the address is written', async () => {
    const plan = await aProduct({ stock: SESSIONS });
    const coupon = await aCoupon({ userUsageLimit: 1 });
    const buyers = await crowd(SESSIONS, async (buyer) => {
      await buyer.put(plan);
      return buyer.enter(coupon.code);
    });
    const spellings = ['alice@example.com', 'Alice@Example.com', ' ALICE@EXAMPLE.COM ', 'aLiCe@eXaMpLe.CoM'];
    const attempts = await Promise.all(
      buyers.map(async (buyer, number) => {
        const answer = await buyer.checkOut({ email: spellings[number % spellings.length]! });
        return { buyer, ...answer };
      }),
    );
    expect(winnersOf(attempts, USED_BY_YOU)).to.have.length(1);
    await expectUsedUp(coupon, 1);
    count('coupon checkouts', SESSIONS);
  });

  it('for one each is held once by somebody who is logged in everywhere, whatever address is given', async () => {
    const plan = await aProduct({ stock: SESSIONS });
    const coupon = await aCoupon({ userUsageLimit: 1 });
    const { email } = await aUser({ passwordHash: await hashPassword(PASSWORD) });
    const buyers = await crowd(SESSIONS, async (buyer) =>
      buyer.post('/login', { email, password: PASSWORD }),
    );
    await buyers[0]!.put(plan);
    for (const buyer of buyers) await buyer.enter(coupon.code);
    const attempts = await rushFor(coupon, buyers, 1);
    const untold = attempts.filter(({ session, refusal }) => session === '' && refusal === '');
    expect(untold.concat(attempts.filter(({ status }) => status >= 500))).to.deep.equal([]);
    await expectUsedUp(coupon, 1);
    // Each new checkout of the same cart ends the one before.
    expect(await Purchase.count({ where: { state: 'open' } })).to.equal(1);
  });
});
