import { RuleBroken } from '../errors.js';
import { formatMoney, type Currency } from '../lib/money.js';
import type { Coupon, Product } from '../models/index.js';

export interface CouponLine {
  product: Pick<Product, 'id' | 'country' | 'coverage'>;
  /** List price of the whole line, minor units. */
  amountMinor: number;
}

/** Why a coupon gives nothing, in the order in which it is asked. */
export const REASONS = [
  'inactive',
  'notYetValid',
  'expired',
  'usedUp',
  'currency',
  'products',
  'countries',
  'minimum',
] as const;

/**
 * What a coupon takes off these lines, in minor units, and which of them it applies to (data-model section 3, Validation
 * Logic; corrected: 0 is a limit, the interval is half open, amounts need their currency, and everything is reckoned on
 * the lines that the coupon applies to, so the minimum comes after plans and countries). A percentage is rounded down to
 * the minor unit; a discount never exceeds those lines. What one buyer may use is asked when the use is held
 * (redemption.ts). Throws RuleBroken with the reason.
 */
export function validateCoupon<Line extends CouponLine>(
  coupon: Coupon,
  lines: readonly Line[],
  currency: Currency,
  now: number,
) {
  const refuse = (reason: (typeof REASONS)[number], values = {}): never => {
    throw new RuleBroken(`errors.coupon.${reason}`, values, 'code');
  };
  const { validUntil, usageLimit, minPurchaseAmountMinor: minimum, maxDiscountAmountMinor: cap } = coupon;

  if (!coupon.isActive) refuse('inactive');
  if (now < coupon.validFrom) refuse('notYetValid');
  if (validUntil !== null && now >= validUntil) refuse('expired');
  if (usageLimit !== null && coupon.usageCount >= usageLimit) refuse('usedUp');
  if (coupon.currency !== null && coupon.currency !== currency)
    refuse('currency', { currency: coupon.currency });

  const ofProduct = lines.filter((line) => coupon.applicableProducts?.includes(line.product.id) ?? true);
  if (ofProduct.length === 0) refuse('products');
  const eligible = ofProduct.filter((line) => coversAny(line.product, coupon.applicableCountries));
  if (eligible.length === 0) refuse('countries');

  const eligibleMinor = eligible.reduce((sum, line) => sum + line.amountMinor, 0);
  if (minimum !== null && eligibleMinor < minimum)
    refuse('minimum', { amount: formatMoney(minimum, currency) });
  return {
    eligible,
    discountMinor: Math.min(discountOn(eligibleMinor, coupon), cap ?? eligibleMinor, eligibleMinor),
  };
}

const discountOn = (amountMinor: number, coupon: Coupon) =>
  coupon.type === 'percentage'
    ? Number((BigInt(amountMinor) * BigInt(coupon.discountBasisPoints!)) / 10_000n)
    : coupon.discountValueMinor!;

const coversAny = (product: CouponLine['product'], countries: string[] | null) =>
  countries === null ||
  [product.country, ...(product.coverage ?? [])].some((country) => countries.includes(country));
