import { z } from 'zod';
import { literal } from 'sequelize';
import { onSqlite, sequelize } from '../database.js';
import { RuleBroken } from '../errors.js';
import type { Coupon } from './coupon.js';
import { haveNoTwin, keepFieldRules } from './field-rules.js';
import { Product } from './product.js';
import { amount, oneOf, rules, wholeFrom } from './rules.js';

export const COUPON_TYPES = ['percentage', 'fixed'] as const;

/** What coupons refuse with a sentence: data-model section 3. */
export function keepCouponRules(coupons: typeof Coupon) {
  keepFieldRules(coupons, {
    code: rules.couponCode,
    type: oneOf(COUPON_TYPES, 'errors.coupon.type'),
    discountBasisPoints: wholeFrom(1, 'errors.coupon.percentage').max(10_000, 'errors.coupon.percentage'),
    discountValueMinor: amount('errors.coupon.fixed').min(1, 'errors.coupon.fixed'),
    currency: rules.currency,
    minPurchaseAmountMinor: amount('errors.coupon.limit'),
    maxDiscountAmountMinor: amount('errors.coupon.limit'),
    usageLimit: wholeFrom(0, 'errors.coupon.limit'),
    usageCount: wholeFrom(0, 'errors.coupon.limit'),
    userUsageLimit: wholeFrom(0, 'errors.coupon.limit'),
    applicableProducts: z.array(z.string('errors.coupon.unknownPlan'), 'errors.coupon.unknownPlan'),
    applicableCountries: rules.countries,
    validFrom: z.int('errors.coupon.dates'),
    validUntil: z.int('errors.coupon.dates'),
  });
  haveNoTwin(coupons, ['code'], 'errors.coupon.codeTaken');
  coupons.beforeSave('give a percentage or an amount', giveOneDiscount);
  coupons.beforeSave('name the currency of its amounts', nameItsCurrency);

  coupons.beforeSave('end after it begins', ({ validFrom, validUntil }) => {
    if (validUntil && validUntil <= validFrom) throw new RuleBroken('errors.coupon.dates', {}, 'valid_until');
  });

  coupons.beforeSave('name plans that exist', async (coupon) => {
    const { applicableProducts: ids } = coupon;
    if (!ids?.length || !(coupon.isNewRecord || coupon.changed('applicableProducts'))) return;
    if ((await Product.count({ where: { id: ids } })) < new Set(ids).size)
      throw new RuleBroken('errors.coupon.unknownPlan', {}, 'applicable_products');
  });

  coupons.beforeUpdate('stop at its limit', (coupon) => {
    const { usageLimit, usageCount } = coupon;
    const rises = usageCount > (coupon.previous('usageCount') ?? 0);
    if (rises && usageLimit !== null && usageCount > usageLimit)
      throw new RuleBroken('errors.coupon.usedUp', {}, 'code');
  });

  Product.beforeDestroy('stay while a coupon names it', async ({ id, name }) => {
    const coupon = await coupons.findOne({ where: literal(naming(id)), attributes: ['code'] });
    if (coupon) throw new RuleBroken('errors.product.inCoupon', { name, code: coupon.code });
  });
}

/** Asked of the database: a batch of codes is thousands of lists. */
const naming = (planId: string) =>
  onSqlite
    ? `EXISTS (SELECT 1 FROM json_each("Coupon"."applicable_products") WHERE value = ${sequelize.escape(planId)})`
    : `"Coupon"."applicable_products" @> ${sequelize.escape(JSON.stringify([planId]))}::jsonb`;

function giveOneDiscount({ type, discountBasisPoints, discountValueMinor }: Coupon) {
  const percentage = (discountBasisPoints ?? null) !== null;
  const fixed = (discountValueMinor ?? null) !== null;
  if (percentage !== (type === 'percentage'))
    throw new RuleBroken('errors.coupon.percentage', {}, 'discount_value');
  if (fixed !== (type === 'fixed')) throw new RuleBroken('errors.coupon.fixed', {}, 'discount_value');
}

function nameItsCurrency({
  currency,
  discountValueMinor,
  minPurchaseAmountMinor,
  maxDiscountAmountMinor,
}: Coupon) {
  const amounts = [discountValueMinor, minPurchaseAmountMinor, maxDiscountAmountMinor];
  if (!currency && amounts.some((one) => (one ?? null) !== null))
    throw new RuleBroken('errors.coupon.currencyMissing', {}, 'currency');
}
