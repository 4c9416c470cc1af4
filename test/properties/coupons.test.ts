import assert from 'node:assert/strict';
import { expect } from 'chai';
import fc from 'fast-check';
import { Cart } from '../../src/cart/cart.js';
import { placePurchase } from '../../src/checkout/place-purchase.js';
import { validateCoupon } from '../../src/coupons/validate.js';
import { ShopError } from '../../src/errors.js';
import { newId, newToken } from '../../src/lib/ids.js';
import { CURRENCIES, type Currency } from '../../src/lib/money.js';
import { CartItem, Coupon, Order, Product } from '../../src/models/index.js';
import { emptyDatabase } from '../support/database.js';
import { aProduct } from '../support/factories.js';
import { couponModel, sharesModel, type ModelCoupon, type ModelLine } from '../support/coupon-model.js';
import { count, sized } from '../support/figures.js';
import { freezeClock } from '../support/frozen-clock.js';
import { holds } from '../support/properties.js';

const RUNS = sized(5000, 200_000);
const PURCHASES = sized(10, 3000);

const PLANS: Record<string, string[]> = {
  japan: ['JP'],
  korea: ['KR'],
  asia: ['JP', 'KR', 'TH'],
  europe: ['FR', 'DE', 'IT'],
};

/** In every currency that the shop sells in, Stripe takes no less than 50 minor units. */
const SMALLEST_PAYMENT = 50n;

const worthOf = (lines: readonly ModelLine[]) =>
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
const rowOf = (coupon: ModelCoupon, planIds: (plan: string) => string = (plan) => plan) => ({
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

const casesOf = (mostOfALine: number) =>
  fc
    .tuple(
      cart(mostOfALine),
      fc.constantFrom(...CURRENCIES),
      fc.integer({ min: 1_500_000_000_000, max: 2_000_000_000_000 }),
    )
    .chain(([lines, currency, now]) =>
      couponFor(lines, currency, now).map((coupon) => ({ coupon, lines, currency, now })),
    );

function answerOf(coupon: Coupon, lines: readonly ModelLine[], currency: Currency, now: number) {
  const priced = lines.map(({ plan, countries: [country, ...others], price, quantity }) => ({
    product: { id: plan, country: country!, coverage: others.length > 0 ? [country!, ...others] : null },
    amountMinor: Number(price) * quantity,
  }));
  try {
    const { discountMinor, eligible } = validateCoupon(coupon, priced, currency, now);
    return { off: BigInt(discountMinor), fits: priced.map((line) => eligible.includes(line)) };
  } catch (error) {
    if (error instanceof ShopError) return { refused: error.key.replace('errors.coupon.', '') };
    throw error;
  }
}

describe('A coupon, whatever it says', function () {
  this.timeout(sized(60_000, 0));
  afterEach('leave nothing behind', emptyDatabase);

  it('is refused or takes off what the data model says, on the lines that it fits', () => {
    const answers = new Set<string>();
    holds(
      RUNS,
      fc.property(casesOf(20), ({ coupon, lines, currency, now }) => {
        const expected = couponModel(coupon, lines, currency, now);
        answers.add('refused' in expected ? expected.refused : 'accepted');
        assert.deepEqual(answerOf(Coupon.build(rowOf(coupon)), lines, currency, now), expected);
      }),
    );
    expect([...answers]).to.have.members([
      'accepted',
      'inactive',
      'notYetValid',
      'expired',
      'usedUp',
      'currency',
      'products',
      'countries',
      'minimum',
    ]);
    count('coupon runs', RUNS);
  });

  it('is counted, and shared out over the orders of a purchase, as the data model says', async () => {
    const shelf = new Map<string, Product>();
    for (const [plan, [country, ...others]] of Object.entries(PLANS)) {
      const coverage = others.length > 0 ? [country!, ...others] : null;
      shelf.set(plan, await aProduct({ country: country!, coverage, costMinor: 0, stock: 1_000_000 }));
    }
    // A coupon names plans that exist; this one is in nobody's cart.
    shelf.set('gone', await aProduct());
    const idOf = (plan: string) => shelf.get(plan)?.id ?? plan;
    const buyers = fc.array(fc.constantFrom('ann@example.com', 'Ann@Example.COM', 'bob@example.com'), {
      minLength: 1,
      maxLength: 3,
    });
    await holds(
      PURCHASES,
      fc.asyncProperty(casesOf(4), buyers, fc.option(fc.nat(2)), async (given, emails, perPerson) => {
        const { coupon, lines, currency, now } = given;
        for (const { plan, price } of lines)
          await Product.update({ priceMinor: Number(price), currency }, { where: { id: idOf(plan) } });
        const row = await Coupon.create({ ...rowOf(coupon, idOf), userUsageLimit: perPerson });
        const time = freezeClock(now);
        const used = new Map<string, number>();
        try {
          for (const email of emails) {
            const person = email.toLowerCase();
            const own = used.get(person) ?? 0;
            const answer = couponModel(coupon, lines, currency, now);
            const expected = outcomeModel(answer, lines, perPerson !== null && own >= perPerson);
            assert.deepEqual(await outcome(lines, idOf, row.code, email), expected);
            if ('refused' in expected) continue;
            used.set(person, own + 1);
            coupon.uses += 1;
          }
        } finally {
          time.thaw();
        }
        assert.equal((await row.reload()).usageCount, coupon.uses);
      }),
    );
    count('coupon purchases', PURCHASES);
  });
});

/** What becomes of a purchase whose coupon is answered so: refused, or each order's share of the discount. */
function outcomeModel(answer: ReturnType<typeof couponModel>, lines: readonly ModelLine[], usedUp: boolean) {
  if ('refused' in answer) return { refused: `errors.coupon.${answer.refused}` };
  const rest = worthOf(lines) - answer.off;
  if (rest > 0n && rest < SMALLEST_PAYMENT) return { refused: 'errors.belowMinimum' };
  if (usedUp) return { refused: 'errors.coupon.usedByYou' };
  const units = lines.flatMap((line, i) =>
    Array.from({ length: line.quantity }, () => (answer.fits[i] ? line.price : 0n)),
  );
  return { shares: sharesModel(answer.off, units).map(Number) };
}

async function outcome(
  lines: readonly ModelLine[],
  idOf: (plan: string) => string,
  code: string,
  email: string,
) {
  const guestKey = newToken();
  await CartItem.bulkCreate(
    lines.map(({ plan, quantity }, i) => ({
      guestKey,
      productId: idOf(plan),
      quantity,
      created: new Date(i),
    })),
  );
  const nobody = { name: null, phone: null, ipAddress: null, userAgent: null };
  try {
    const { id } = await placePurchase(newToken(), new Cart({ guestKey }), {
      ...nobody,
      email,
      language: 'en',
      paymentMethod: 'card',
      couponCode: code,
    });
    const orders = await Order.findAll({ where: { purchaseId: id }, order: ['position'] });
    return { shares: orders.map((order) => order.discountAmountMinor) };
  } catch (error) {
    if (error instanceof ShopError) return { refused: error.key };
    throw error;
  }
}
