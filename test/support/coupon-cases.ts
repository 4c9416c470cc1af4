import fc from 'fast-check';
import { newId } from '../../src/lib/ids.js';
import { CURRENCIES, type Currency } from '../../src/lib/money.js';
import type { ModelCoupon, ModelLine } from './coupon-model.js';

/** Carts, and coupons that come near them. */
export const PLANS: Record<string, string[]> = {
  japan: ['JP'],
  korea: ['KR'],
  asia: ['JP', 'KR', 'TH'],
  europe: ['FR', 'DE', 'IT'],
};

export const worthOf = (lines: readonly ModelLine[]) =>
  lines.reduce((worth, { price, quantity }) => worth + price * BigInt(quantity), 0n);

/** One to four lines of different plans. */
const cart = (mostOfALine: number) =>
  fc.subarray(Object.keys(PLANS), { minLength: 1 }).chain((plans) =>
    fc.tuple(
      ...plans.map((plan) =>
        fc.record<ModelLine>({
          plan: fc.constant(plan),
          countries: fc.constant(PLANS[plan]!),
          price: fc.oneof(fc.bigInt(1n, 20n), fc.bigInt(1n, 1_000_000n)),
          quantity: fc.integer({ min: 1, max: mostOfALine }),
        }),
      ),
    ),
  );

const rarely = <T>(odd: fc.Arbitrary<T>, usual: T) =>
  fc.oneof({ weight: 1, arbitrary: odd }, { weight: 5, arbitrary: fc.constant(usual) });
const orNone = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 2 });

/** A coupon for this cart: its limits lie at, or one beside, what the lines cost, its times at, or beside, this moment. */
function couponFor(lines: readonly ModelLine[], currency: string, now: number): fc.Arbitrary<ModelCoupon> {
  const near = fc.subarray([...lines], { minLength: 1 }).chain((some) =>
    fc.constantFrom(-1n, 0n, 1n).map((beside) => {
      const amount = worthOf(some) + beside;
      return amount < 0n ? 0n : amount;
    }),
  );
  const limit = fc.oneof(fc.constant(0n), near, fc.bigInt(0n, 2000n));
  const from = rarely(fc.constantFrom(now, now + 1), now - 1000);
  return from
    .chain((start) =>
      fc.record({
        rate: fc.oneof(
          fc
            .oneof(fc.bigInt(1n, 10_000n), fc.constantFrom(1n, 3333n, 9999n, 10_000n))
            .map((percent) => ({ percent, fixed: null })),
          fc.oneof(near, fc.bigInt(1n, 2000n)).map((fixed) => ({ percent: null, fixed: fixed || 1n })),
        ),
        currency: rarely(fc.constantFrom(...CURRENCIES), currency),
        anyCurrency: fc.boolean(),
        least: orNone(limit),
        most: orNone(limit),
        uses: fc.nat(3),
        limit: rarely(fc.option(fc.nat(3)), 9),
        plans: orNone(fc.subarray([...Object.keys(PLANS), 'gone'])),
        countries: orNone(fc.subarray(['JP', 'KR', 'IT', 'US'])),
        active: rarely(fc.constant(false), true),
        from: fc.constant(start),
        until: rarely(fc.constantFrom(start + 1, start + 1000, start + 1001), null),
      }),
    )
    .map(({ rate, anyCurrency, ...coupon }) => {
      const needsNone = rate.fixed === null && coupon.least === null && coupon.most === null;
      return { ...coupon, ...rate, currency: anyCurrency && needsNone ? null : coupon.currency };
    });
}

/** The coupon as its row holds it. */
export const rowOf = (coupon: ModelCoupon, planIds: (plan: string) => string = (plan) => plan) => ({
  code: newId().slice(0, 12).toUpperCase(),
  type: coupon.percent === null ? ('fixed' as const) : ('percentage' as const),
  discountBasisPoints: coupon.percent === null ? null : Number(coupon.percent),
  discountValueMinor: coupon.fixed === null ? null : Number(coupon.fixed),
  currency: coupon.currency as Currency | null,
  minPurchaseAmountMinor: coupon.least === null ? null : Number(coupon.least),
  maxDiscountAmountMinor: coupon.most === null ? null : Number(coupon.most),
  usageCount: coupon.uses,
  usageLimit: coupon.limit,
  applicableProducts: coupon.plans?.map(planIds) ?? null,
  applicableCountries: coupon.countries,
  isActive: coupon.active,
  validFrom: coupon.from,
  validUntil: coupon.until,
});

/** A cart, a coupon for it, a currency and a moment. */
export const casesOf = (mostOfALine: number) =>
  fc
    .tuple(
      cart(mostOfALine),
      fc.constantFrom(...CURRENCIES),
      fc.integer({ min: 1_500_000_000_000, max: 2_000_000_000_000 }),
    )
    .chain(([lines, currency, now]) =>
      couponFor(lines, currency, now).map((coupon) => ({ coupon, lines, currency, now })),
    );
