import { expect } from 'chai';
import type { CreationAttributes } from 'sequelize';
import { validateCoupon, type CouponLine } from '../../src/coupons/validate.js';
import { ShopError } from '../../src/errors.js';
import { Coupon } from '../../src/models/index.js';

const NOW = 1_800_000_000_000;

const japan = (amountMinor: number): CouponLine => ({
  product: { id: 'japan', country: 'JP', coverage: null },
  amountMinor,
});
const europe = (amountMinor: number): CouponLine => ({
  product: { id: 'europe', country: 'FR', coverage: ['FR', 'DE', 'IT'] },
  amountMinor,
});

/** A coupon as the database would give it; 10 % with no limit unless told otherwise. */
const aCoupon = (values: Partial<CreationAttributes<Coupon>> = {}) =>
  Coupon.build({
    code: 'TRAVEL',
    type: 'percentage',
    discountBasisPoints: 1000,
    discountValueMinor: null,
    currency: null,
    minPurchaseAmountMinor: null,
    maxDiscountAmountMinor: null,
    usageLimit: null,
    applicableProducts: null,
    applicableCountries: null,
    validFrom: NOW - 1000,
    validUntil: null,
    ...values,
  });

const fixed = (discountValueMinor: number, values: Partial<CreationAttributes<Coupon>> = {}) =>
  aCoupon({ type: 'fixed', discountBasisPoints: null, discountValueMinor, currency: 'USD', ...values });

const discount = (coupon: Coupon, lines = [japan(1000)], now = NOW) =>
  validateCoupon(coupon, lines, 'USD', now).discountMinor;

function refusal(coupon: Coupon, lines = [japan(1000)], now = NOW): string {
  try {
    validateCoupon(coupon, lines, 'USD', now);
  } catch (error) {
    if (error instanceof ShopError) return error.key.replace('errors.coupon.', '');
    throw error;
  }
  return 'accepted';
}

describe('Checking a coupon', () => {
  it('names the first of several reasons, in the order of the data model', () => {
    const wrong: [string, Partial<CreationAttributes<Coupon>>][] = [
      ['inactive', { isActive: false }],
      ['notYetValid', { validFrom: NOW + 1 }],
      ['usedUp', { usageLimit: 3, usageCount: 3 }],
      ['currency', { currency: 'EUR' }],
      ['products', { applicableProducts: ['korea'] }],
      ['countries', { applicableCountries: ['KR'] }],
      ['minimum', { currency: 'USD', minPurchaseAmountMinor: 1001 }],
    ];
    for (const [index, [reason]] of wrong.entries()) {
      // The earlier reason wins over all that follow it.
      const values = wrong
        .slice(index)
        .toReversed()
        .map(([, value]) => value);
      expect(refusal(aCoupon(Object.assign({}, ...values) as object))).to.equal(reason);
    }
    expect(refusal(aCoupon({ isActive: false, validUntil: NOW }))).to.equal('inactive');
    expect(refusal(aCoupon({ validUntil: NOW, usageLimit: 0 }))).to.equal('expired');
    expect(refusal(aCoupon())).to.equal('accepted');
  });

  it('is valid from its first instant and until before its last', () => {
    const coupon = aCoupon({ validFrom: NOW, validUntil: NOW + 10 });
    expect([-1, 0, 9, 10].map((ms) => refusal(coupon, [japan(1000)], NOW + ms))).to.deep.equal([
      'notYetValid',
      'accepted',
      'accepted',
      'expired',
    ]);
  });

  it('takes 0 for a limit and null for none', () => {
    expect(refusal(aCoupon({ usageLimit: 0 }))).to.equal('usedUp');
    expect(discount(aCoupon({ maxDiscountAmountMinor: 0, currency: 'USD' }))).to.equal(0);
    expect(discount(aCoupon({ minPurchaseAmountMinor: 0, currency: 'USD' }))).to.equal(100);
    expect(refusal(aCoupon({ usageCount: 1_000_000 }))).to.equal('accepted');
    expect(refusal(aCoupon({ usageLimit: 3, usageCount: 2 }))).to.equal('accepted');
  });

  it('needs its minimum on the lines that it applies to, and exactly that is enough', () => {
    const coupon = aCoupon({ currency: 'USD', minPurchaseAmountMinor: 1000, applicableProducts: ['japan'] });
    expect(refusal(coupon, [japan(999), europe(5000)])).to.equal('minimum');
    expect(discount(coupon, [japan(1000), europe(5000)])).to.equal(100);
  });

  it('rounds a percentage down, and never through a float', () => {
    expect(discount(aCoupon({ discountBasisPoints: 1 }), [japan(9999)])).to.equal(0);
    expect(discount(aCoupon({ discountBasisPoints: 1 }), [japan(10_000)])).to.equal(1);
    expect(discount(aCoupon({ discountBasisPoints: 3333 }), [japan(1001)])).to.equal(333);
    expect(discount(aCoupon({ discountBasisPoints: 10_000 }), [japan(1001)])).to.equal(1001);
    expect(discount(aCoupon({ discountBasisPoints: 2900 }), [japan(100_000_000)])).to.equal(29_000_000);
  });

  it('takes at most its cap, and at most what its lines cost', () => {
    const capped = aCoupon({ discountBasisPoints: 5000, maxDiscountAmountMinor: 300, currency: 'USD' });
    expect([599, 600, 601].map((amount) => discount(capped, [japan(amount)]))).to.deep.equal([299, 300, 300]);
    expect(discount(fixed(500), [japan(400)])).to.equal(400);
    expect(discount(fixed(500), [japan(501)])).to.equal(500);
    expect(discount(fixed(500, { applicableProducts: ['japan'] }), [japan(400), europe(9000)])).to.equal(400);
    expect(discount(fixed(500, { maxDiscountAmountMinor: 200 }))).to.equal(200);
  });

  it('applies to the plans and countries that it names, [] to none', () => {
    const lines = [japan(1000), europe(2000)];
    const eligible = (values: Partial<CreationAttributes<Coupon>>) =>
      validateCoupon(aCoupon(values), lines, 'USD', NOW).eligible.map(({ product }) => product.id);
    expect(eligible({})).to.deep.equal(['japan', 'europe']);
    expect(eligible({ applicableProducts: ['europe', 'gone'] })).to.deep.equal(['europe']);
    expect(eligible({ applicableCountries: ['JP'] })).to.deep.equal(['japan']);
    expect(eligible({ applicableCountries: ['IT'] })).to.deep.equal(['europe']);
    expect(refusal(aCoupon({ applicableProducts: [] }), lines)).to.equal('products');
    expect(refusal(aCoupon({ applicableCountries: [] }), lines)).to.equal('countries');
    expect(refusal(aCoupon({ applicableProducts: ['japan'], applicableCountries: ['IT'] }), lines)).to.equal(
      'countries',
    );
  });

  it('takes money off in its own currency only, and a percentage in every one', () => {
    expect(refusal(fixed(500, { currency: 'JPY' }))).to.equal('currency');
    for (const currency of ['USD', 'EUR', 'KRW', 'JPY'] as const)
      expect(validateCoupon(aCoupon(), [japan(999)], currency, NOW).discountMinor).to.equal(99);
  });
});
