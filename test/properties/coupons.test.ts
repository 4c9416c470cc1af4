import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Cart } from '../../src/cart/cart.js';
import { placePurchase } from '../../src/checkout/place-purchase.js';
import { validateCoupon } from '../../src/coupons/validate.js';
import { ShopError } from '../../src/errors.js';
import { newToken } from '../../src/lib/ids.js';
import type { Currency } from '../../src/lib/money.js';
import { CartItem, Coupon, Order, Product } from '../../src/models/index.js';
import { emptyDatabase } from '../support/database.js';
import { aProduct } from '../support/factories.js';
import { PLANS, casesOf, rowOf, worthOf } from '../support/coupon-cases.js';
import { couponModel, sharesModel, type ModelLine } from '../support/coupon-model.js';
import { count, sized } from '../support/figures.js';
import { freezeClock } from '../support/frozen-clock.js';
import { holds } from '../support/properties.js';

const RUNS = sized(5000, 200_000);
const PURCHASES = sized(10, 3000);

/** In every currency that the shop sells in, Stripe takes no less than 50 minor units. */
const SMALLEST_PAYMENT = 50n;

const EVERY_ANSWER = [
  'accepted',
  'inactive',
  'notYetValid',
  'expired',
  'usedUp',
  'currency',
  'products',
  'countries',
  'minimum',
];

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
    assert.deepEqual([...answers].toSorted(), EVERY_ANSWER.toSorted());
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
        let uses = coupon.uses;
        try {
          for (const email of emails) {
            const person = email.toLowerCase();
            const own = used.get(person) ?? 0;
            const answer = couponModel({ ...coupon, uses }, lines, currency, now);
            const expected = outcomeModel(answer, lines, perPerson !== null && own >= perPerson);
            assert.deepEqual(await outcome(lines, idOf, row.code, email), expected);
            if ('refused' in expected) continue;
            used.set(person, own + 1);
            uses += 1;
          }
        } finally {
          time.thaw();
        }
        assert.equal((await row.reload()).usageCount, uses);
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
      codeDelivery: 'link',
      consent: null,
      couponCode: code,
    });
    const orders = await Order.findAll({ where: { purchaseId: id }, order: ['position'] });
    return { shares: orders.map((order) => order.discountAmountMinor) };
  } catch (error) {
    if (error instanceof ShopError) return { refused: error.key };
    throw error;
  }
}
