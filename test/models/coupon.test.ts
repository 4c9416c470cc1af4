import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import { tx } from '../../src/database.js';
import { newId } from '../../src/lib/ids.js';
import { Coupon, CouponRedemption, type Purchase } from '../../src/models/index.js';
import { aCoupon, aProduct, aPurchase, aUser } from '../support/factories.js';
import { refusal, sql, wall } from '../support/refusals.js';

const USED_UP = 'the coupon is used up';
const USED_BY_YOU = 'this buyer has used the coupon up';
const UNKNOWN = 'a coupon names plans and countries that exist';

const write = (coupon: Coupon, column: string, value: unknown) =>
  sql(`UPDATE coupons SET ${column} = ? WHERE id = ?`, value, coupon.id);

const FIXED = { type: 'fixed', discountBasisPoints: null, discountValueMinor: 500, currency: 'USD' } as const;

describe('Coupon', () => {
  it('has a code of its own, in capitals however it is typed', async () => {
    const { code } = await aCoupon({ code: ' summer26 ' });
    expect(code).to.equal('SUMMER26');
    const other = await aCoupon();
    expect(await refusal(aCoupon({ code: 'Summer26' }))).to.equal('errors.coupon.codeTaken');
    expect(await refusal(other.update({ code: 'Summer26' }))).to.equal('errors.coupon.codeTaken');
    expect(await wall(write(other, 'code', code))).to.equal('unique');
    expect(await wall(write(other, 'code', 'summer27'))).to.equal('check');
  });

  it('takes off more than 0 and at most 100 percent, or an amount above 0 in a currency', async () => {
    const coupon = await aCoupon({ discountBasisPoints: 10_000 });
    await coupon.update({ discountBasisPoints: 1 });
    await coupon.update(FIXED);
    for (const [values, key] of [
      [{ discountBasisPoints: 10_001 }, 'errors.coupon.percentage'],
      [{ discountBasisPoints: 0.5 }, 'errors.coupon.percentage'],
      [{ ...FIXED, discountValueMinor: 0 }, 'errors.coupon.fixed'],
      [{ ...FIXED, discountBasisPoints: 1000 }, 'errors.coupon.percentage'],
      [{ ...FIXED, currency: null }, 'errors.coupon.currencyMissing'],
    ] as const)
      expect(await refusal(aCoupon(values))).to.equal(key);
  });

  it('has limits that may be 0, in a currency where they are amounts', async () => {
    await aCoupon({ currency: 'USD', minPurchaseAmountMinor: 0, maxDiscountAmountMinor: 0 });
    await aCoupon({ usageLimit: 0, userUsageLimit: 0 });
    expect((await aCoupon()).userUsageLimit).to.equal(1);
    expect(await wall(write(await aCoupon(), 'user_usage_limit', 'often'))).to.equal('type');
  });

  it('ends after it begins', async () => {
    const coupon = await aCoupon();
    const { validFrom } = coupon;
    for (const validUntil of [validFrom, validFrom - 1]) {
      expect(await refusal(coupon.update({ validUntil }))).to.equal('errors.coupon.dates');
      expect(await refusal(aCoupon({ validFrom, validUntil }))).to.equal('errors.coupon.dates');
      expect(await wall(write(coupon, 'valid_until', validUntil))).to.equal('check');
    }
    await coupon.update({ validUntil: validFrom + 1 });
  });

  it('names plans and countries that exist; none of them in an empty list', async () => {
    const { id } = await aProduct();
    const coupon = await aCoupon({ applicableProducts: [id], applicableCountries: ['JP', 'KR'] });
    const copy = { ...coupon.get(), id: newId(), code: 'ANOTHER' };
    for (const [field, column, list, key] of [
      ['applicableProducts', 'applicable_products', [id, newId()], 'errors.coupon.unknownPlan'],
      ['applicableProducts', 'applicable_products', [null], 'errors.coupon.unknownPlan'],
      ['applicableCountries', 'applicable_countries', ['JP', 'ZZ'], 'errors.country'],
      ['applicableCountries', 'applicable_countries', [7], 'errors.country'],
    ] as const) {
      const values = { [field]: list as unknown as string[] };
      expect(await refusal(coupon.update(values))).to.equal(key);
      expect(await refusal(aCoupon(values))).to.equal(key);
      expect(await wall(write(coupon, column, JSON.stringify(list)))).to.equal(UNKNOWN);
      expect(await wall(Coupon.bulkCreate([{ ...copy, ...values }]))).to.equal(UNKNOWN);
      await coupon.reload();
    }
    await coupon.update({ applicableProducts: [], applicableCountries: [] });
    await coupon.update({ applicableProducts: null, applicableCountries: null });
  });

  it('keeps the plans that it names', async () => {
    const product = await aProduct();
    const coupon = await aCoupon({ applicableProducts: [(await aProduct()).id, product.id] });
    expect(await refusal(product.destroy())).to.equal('errors.product.inCoupon');
    const removed = () => sql('DELETE FROM esim_products WHERE id = ?', product.id);
    expect(await wall(removed())).to.equal('a coupon names this plan');
    await coupon.update({ applicableProducts: null });
    await aCoupon({ applicableProducts: [] });
    await aCoupon({ applicableProducts: [(await aProduct()).id] });
    await product.destroy();
  });

  it('is never used above its limit, though the limit may be lowered below its uses', async () => {
    const coupon = await aCoupon({ usageLimit: 2 });
    await Coupon.increment('usageCount', { where: { id: coupon.id } });
    await write(coupon, 'usage_count', 2);
    await coupon.reload();
    expect(await refusal(coupon.update({ usageCount: 3 }))).to.equal('errors.coupon.usedUp');
    expect(await wall(Coupon.increment('usageCount', { where: { id: coupon.id } }))).to.equal(USED_UP);
    expect(await wall(write(coupon, 'usage_count', 3))).to.equal(USED_UP);

    await (await coupon.reload()).update({ usageLimit: 0 });
    await Coupon.decrement('usageCount', { where: { id: coupon.id } });
    expect(await wall(Coupon.increment('usageCount', { where: { id: coupon.id } }))).to.equal(USED_UP);
    expect(await coupon.reload()).to.include({ usageLimit: 0, usageCount: 1 });
  });

  it('without a limit is used as often as you like', async () => {
    const coupon = await aCoupon();
    await write(coupon, 'usage_count', 1_000_000);
    expect((await coupon.reload()).usageCount).to.equal(1_000_000);
  });

  it('can be switched off with all the others', async () => {
    const coupon = await aCoupon();
    await Coupon.update({ isActive: false }, { where: {} });
    expect((await coupon.reload()).isActive).to.equal(false);
  });

  it('stays while a purchase has it', async () => {
    const coupon = await aCoupon();
    await aPurchase({ couponId: coupon.id });
    expect(await wall(coupon.destroy())).to.equal('foreign key');
  });
});

describe('A use of a coupon', () => {
  const use = async (coupon: Coupon, slot: number, redeemer = 'email:alice@example.com') =>
    CouponRedemption.create({ couponId: coupon.id, purchaseId: (await aPurchase()).id, redeemer, slot });

  /** Past the hooks. */
  const written = (coupon: Coupon, purchase: Purchase, slot: number, redeemer = 'email:alice@example.com') =>
    CouponRedemption.bulkCreate([{ couponId: coupon.id, purchaseId: purchase.id, redeemer, slot }]);

  it('takes a slot of its redeemer, until it is released', async () => {
    const coupon = await aCoupon();
    const first = await use(coupon, 1);
    expect(await wall(use(coupon, 1))).to.equal('unique');
    await use(coupon, 1, 'email:bob@example.com');
    await first.update({ state: 'released' });
    await use(coupon, 1);
  });

  it('takes no slot beyond the limit per user, and none below 1', async () => {
    const coupon = await aCoupon({ userUsageLimit: 2 });
    await use(coupon, 2);
    expect(await refusal(use(coupon, 3))).to.equal('errors.coupon.usedByYou');
    expect(await wall(written(coupon, await aPurchase(), 3))).to.equal(USED_BY_YOU);
    expect(await refusal(use(coupon, 0))).to.equal('errors.whole');
    await use(await aCoupon({ userUsageLimit: null }), 99);
  });

  it('counts for its account, whatever address that gives', async () => {
    const coupon = await aCoupon({ userUsageLimit: 2 });
    const { id: userId } = await aUser();
    for (const address of ['one', 'two'])
      await written(coupon, await aPurchase({ userId }), 1, `email:${address}@example.com`);
    const third = await aPurchase({ userId });
    expect(await wall(written(coupon, third, 1, 'email:three@example.com'))).to.equal(USED_BY_YOU);
    await CouponRedemption.update({ state: 'released' }, { where: { redeemer: 'email:one@example.com' } });
    await written(coupon, third, 1, 'email:three@example.com');
    await written(coupon, await aPurchase(), 1, 'email:four@example.com');
  });

  it('is one where two of an account begin at once', async () => {
    const { id: userId } = await aUser();
    for (let round = 0; round < 3; round += 1) {
      const coupon = await aCoupon();
      const results = await Promise.allSettled(
        ['one', 'two'].map((address) =>
          tx(async () => {
            await written(coupon, await aPurchase({ userId }), 1, `email:${address}@example.com`);
            await pause(20);
          }),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    }
  });

  it('stays with its coupon, purchase and slot', async () => {
    const redemption = await use(await aCoupon({ userUsageLimit: null }), 1);
    for (const [field, column, value] of [
      ['couponId', 'coupon', (await aCoupon()).id],
      ['purchaseId', 'purchase', (await aPurchase()).id],
      ['slot', 'slot', 2],
    ] as const) {
      expect(await refusal(redemption.update({ [field]: value })), field).to.equal('errors.frozen');
      const moved = sql(`UPDATE coupon_redemptions SET ${column} = ? WHERE id = ?`, value, redemption.id);
      expect(await wall(moved), field).to.equal('a use of a coupon keeps its coupon, purchase and slot');
      await redemption.reload();
    }
  });

  it('is one per purchase', async () => {
    const { couponId, purchaseId } = await use(await aCoupon(), 1);
    const again = CouponRedemption.create({
      couponId,
      purchaseId,
      redeemer: 'email:bob@example.com',
      slot: 1,
    });
    expect(await wall(again)).to.equal('unique');
  });

  it('ends once', async () => {
    for (const state of ['used', 'released'] as const) {
      const redemption = await use(await aCoupon(), 1);
      await redemption.update({ state });
      for (const back of ['held', state === 'used' ? 'released' : 'used'] as const) {
        expect(await refusal(redemption.update({ state: back }))).to.equal('errors.illegalMove');
        const moved = sql('UPDATE coupon_redemptions SET state = ? WHERE id = ?', back, redemption.id);
        expect(await wall(moved)).to.equal('a use of a coupon ends once');
        await redemption.reload();
      }
    }
  });
});
