import { ShopError } from '../errors.js';
import { clock } from '../lib/clock.js';
import { Coupon, User, type Product } from '../models/index.js';
import { canonicalEmail } from '../models/rules.js';
import { mayUse } from './redemption.js';
import { REASONS, validateCoupon } from './validate.js';

export interface Check {
  /** A key of WORDS in the view: what is asked. */
  asked: string;
  outcome: 'passed' | 'failed' | 'not asked';
}

export interface Answer {
  /** Why it gives nothing, or null. */
  refusal: ShopError | null;
  checks: Check[];
  discountMinor: number;
}

/** What the checkout says to a code for a cart of one unit of each plan, and to whom; and how far it got. */
export async function whyNot(code: string, plans: readonly Product[], email: string | null): Promise<Answer> {
  const coupon = await Coupon.findOne({ where: { code } });
  if (!coupon) return answer('unknown', new ShopError(422, 'errors.coupon.unknown'));
  const currency = plans[0]!.currency;
  if (plans.some((plan) => plan.currency !== currency)) throw new ShopError(422, 'errors.mixedCurrencies');
  const lines = plans.map((product) => ({ product, amountMinor: product.priceMinor }));
  try {
    const { discountMinor } = validateCoupon(coupon, lines, currency, clock.now());
    if (email && !(await mayUse(coupon, await buyerAt(email))))
      return answer('usedByYou', new ShopError(422, 'errors.coupon.usedByYou'));
    return { ...answer(null, null, email !== null), discountMinor };
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    return answer(error.key.split('.').at(-1)!, error);
  }
}

async function buyerAt(email: string) {
  const canonical = canonicalEmail(email);
  const user = await User.findOne({ where: { email: canonical }, attributes: ['id'] });
  return { canonicalEmail: canonical, userId: user?.id ?? null };
}

/** In the order in which they are asked; the last one only of a buyer who is known. */
const ASKED = ['unknown', ...REASONS, 'usedByYou'];

function answer(failed: string | null, refusal: ShopError | null, buyerKnown = true): Answer {
  const place = failed === null ? (buyerKnown ? ASKED.length : ASKED.length - 1) : ASKED.indexOf(failed);
  const outcome = (index: number) =>
    index < place ? 'passed' : index === place && failed ? 'failed' : 'not asked';
  return {
    refusal,
    checks: ASKED.map((asked, index) => ({ asked, outcome: outcome(index) })),
    discountMinor: 0,
  };
}
