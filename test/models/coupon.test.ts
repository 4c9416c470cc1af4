import { expect } from 'chai';
import { Coupon, CouponRedemption } from '../../src/models/index.js';
import { aCoupon, aPurchase } from '../support/factories.js';
import { refusal, sql, wall } from '../support/refusals.js';

const USED_UP = 'the coupon is used up';

const write = (coupon: Coupon, column: string, value: unknown) =>
  sql(`UPDATE coupons SET ${column} = ? WHERE id = ?`, value, coupon.id);

const FIXED = { type: 'fixed', discountBasisPoints: null, discountValueMinor: 500, currency: 'USD' } as const;

describe('Coupon', () => {
  it('has a code of 6 to 12 capitals and digits, its own, written small or large', async () => {
    expect((await aCoupon({ code: ' summer26 ' })).code).to.equal('SUMMER26');
    expect(await wall(aCoupon({ code: 'Summer26' }))).to.equal('unique');
    const coupon = await aCoupon();
    for (const code of ['ABCDE', 'A'.repeat(13), 'SUMMER 26', 'SUMMER-26', 'SÜMMER', '']) {
      expect(await refusal(aCoupon({ code })), code).to.equal('errors.couponCode');
      expect(await wall(write(coupon, 'code', code)), code).to.equal('check');
    }
    expect(await wall(write(coupon, 'code', 'summer26'))).to.equal('check');
  });

  it('takes more than 0 and at most 100 percent, in hundredths of a percent', async () => {
    const coupon = await aCoupon({ discountBasisPoints: 10_000 });
    await coupon.update({ discountBasisPoints: 1 });
    for (const discountBasisPoints of [0, -1, 10_001, null]) {
      expect(await refusal(aCoupon({ discountBasisPoints }))).to.equal('errors.coupon.percentage');
      expect(await wall(write(coupon, 'discount_basis_points', discountBasisPoints))).to.equal('check');
    }
  });

  it('takes a fixed amount above 0 in a currency', async () => {
    const coupon = await aCoupon(FIXED);
    for (const discountValueMinor of [0, -1, null]) {
      expect(await refusal(aCoupon({ ...FIXED, discountValueMinor }))).to.equal('errors.coupon.fixed');
      expect(await wall(write(coupon, 'discount_value_minor', discountValueMinor))).to.equal('check');
    }
    expect(await refusal(aCoupon({ ...FIXED, currency: null }))).to.equal('errors.coupon.currencyMissing');
    expect(await wall(write(coupon, 'currency', null))).to.equal('check');
    expect(await wall(write(coupon, 'type', 'gift'))).to.equal('check');
  });

  it('names the currency of its limits, which may be 0 and never less', async () => {
    const coupon = await aCoupon({ currency: 'USD', minPurchaseAmountMinor: 0, maxDiscountAmountMinor: 0 });
    for (const limit of ['minPurchaseAmountMinor', 'maxDiscountAmountMinor'])
      expect(await refusal(aCoupon({ [limit]: 100 }))).to.equal('errors.coupon.currencyMissing');
    for (const column of [
      'min_purchase_amount_minor',
      'max_discount_amount_minor',
      'usage_limit',
      'usage_count',
    ])
      expect(await wall(write(coupon, column, -1)), column).to.equal('check');
    expect(await wall(write(coupon, 'user_usage_limit', -1))).to.equal('check');
    expect(await wall(write(coupon, 'user_usage_limit', 'often'))).to.equal('type');
  });

  it('ends after it begins', async () => {
    const coupon = await aCoupon();
    const { validFrom } = coupon;
    for (const validUntil of [validFrom, validFrom - 1]) {
      expect(await refusal(coupon.update({ validUntil }))).to.equal('errors.coupon.dates');
      expect(await wall(write(coupon, 'valid_until', validUntil))).to.equal('check');
    }
    await coupon.update({ validUntil: validFrom + 1 });
  });

  it('is never used above its limit, though the limit may be lowered below its uses', async () => {
    const coupon = await aCoupon({ usageLimit: 2 });
    await Coupon.increment('usageCount', { where: { id: coupon.id } });
    await write(coupon, 'usage_count', 2);
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
    expect(await wall(use(coupon, 3))).to.equal('this buyer has used the coupon up');
    expect(await wall(use(coupon, 0))).to.equal('check');
    await use(await aCoupon({ userUsageLimit: null }), 99);
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
        const written = sql('UPDATE coupon_redemptions SET state = ? WHERE id = ?', back, redemption.id);
        expect(await wall(written)).to.equal('a use of a coupon ends once');
        await redemption.reload();
      }
    }
  });
});
