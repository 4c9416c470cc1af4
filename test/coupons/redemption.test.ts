import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import { holdCoupon, releaseCoupon, useCoupon } from '../../src/coupons/redemption.js';
import { tx } from '../../src/database.js';
import { CouponRedemption, type Coupon } from '../../src/models/index.js';
import { aCoupon, aPurchase, aUser } from '../support/factories.js';
import { refusal } from '../support/refusals.js';

/** A purchase of this buyer that holds the coupon. */
async function holding(coupon: Coupon, canonicalEmail = 'alice@example.com', userId: string | null = null) {
  const purchase = await aPurchase({ canonicalEmail, userId });
  await tx(() => holdCoupon(coupon.id, purchase));
  return purchase;
}

const count = async (coupon: Coupon) => (await coupon.reload()).usageCount;
const states = async () => (await CouponRedemption.findAll()).map(({ state }) => state).toSorted();

describe('Redeeming a coupon', () => {
  it('holds it for a purchase, and uses it once that is paid', async () => {
    const coupon = await aCoupon();
    const purchase = await holding(coupon);
    expect([await count(coupon), await states()]).to.deep.equal([1, ['held']]);
    await tx(() => useCoupon(purchase));
    await tx(() => useCoupon(purchase));
    await tx(() => releaseCoupon(purchase));
    expect([await count(coupon), await states()]).to.deep.equal([1, ['used']]);
  });

  it('gives it back once when the purchase expires, however often that is said', async () => {
    const coupon = await aCoupon({ usageLimit: 2 });
    await holding(coupon, 'bob@example.com');
    const purchase = await holding(coupon);
    const release = () =>
      tx(async () => {
        await releaseCoupon(purchase);
        await pause(50);
      });
    await Promise.all([release(), release(), release()]);
    await tx(() => useCoupon(purchase));
    expect([await count(coupon), await states()]).to.deep.equal([1, ['held', 'released']]);
    await holding(coupon);
    expect(await count(coupon)).to.equal(2);
  });

  it('does nothing for a purchase without one', async () => {
    const purchase = await aPurchase();
    await tx(() => useCoupon(purchase));
    await tx(() => releaseCoupon(purchase));
    expect(await CouponRedemption.count()).to.equal(0);
  });

  it('stops at the limit of all, to the last of many at once', async () => {
    const coupon = await aCoupon({ usageLimit: 3 });
    const rivals = await Promise.allSettled(
      Array.from({ length: 12 }, (_, number) => holding(coupon, `buyer${number}@example.com`)),
    );
    expect(rivals.filter(({ status }) => status === 'fulfilled')).to.have.length(3);
    expect(await count(coupon)).to.equal(3);
    expect(await refusal(holding(coupon, 'late@example.com'))).to.equal('errors.coupon.usedUp');
  });

  it('stops at the limit per person, who is an account or an e-mail address', async () => {
    const coupon = await aCoupon({ userUsageLimit: 2 });
    await holding(coupon);
    await holding(coupon);
    expect(await refusal(holding(coupon))).to.equal('errors.coupon.usedByYou');
    await holding(coupon, 'bob@example.com');

    const { id } = await aUser();
    await holding(coupon, 'one@example.com', id);
    await holding(coupon, 'two@example.com', id);
    expect(await refusal(holding(coupon, 'three@example.com', id))).to.equal('errors.coupon.usedByYou');
    expect(await count(coupon)).to.equal(5);
    expect(
      await refusal(holding(coupon, 'one@example.com').then(() => holding(coupon, 'one@example.com'))),
    ).to.equal('errors.coupon.usedByYou');
  });

  it('counts for an account what its addresses used before they were its own', async () => {
    const coupon = await aCoupon({ userUsageLimit: 2 });
    const { id: userId } = await aUser();
    for (const address of ['one@example.com', 'two@example.com'])
      await (await holding(coupon, address)).update({ userId });
    expect(await refusal(holding(coupon, 'three@example.com', userId))).to.equal('errors.coupon.usedByYou');
    expect(await count(coupon)).to.equal(2);
    await holding(coupon, 'three@example.com');
  });

  it('says that it is used up before it asks who used it', async () => {
    const coupon = await aCoupon({ usageLimit: 1 });
    await holding(coupon);
    expect(await refusal(holding(coupon))).to.equal('errors.coupon.usedUp');
  });

  it('once per person unless told otherwise, at once too', async () => {
    const coupon = await aCoupon();
    const rivals = await Promise.allSettled(Array.from({ length: 8 }, () => holding(coupon)));
    expect(rivals.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect([await count(coupon), await states()]).to.deep.equal([1, ['held']]);
  });

  it('takes 0 for a limit and null for none', async () => {
    expect(await refusal(holding(await aCoupon({ usageLimit: 0 })))).to.equal('errors.coupon.usedUp');
    expect(await refusal(holding(await aCoupon({ userUsageLimit: 0 })))).to.equal('errors.coupon.usedByYou');
    const free = await aCoupon({ userUsageLimit: null });
    for (let use = 0; use < 5; use += 1) await holding(free);
    expect(await count(free)).to.equal(5);
  });
});
