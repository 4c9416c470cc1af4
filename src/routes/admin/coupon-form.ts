import { z } from 'zod';
import { plansNamed } from '../../catalogue/plans-named.js';
import type { CouponValues } from '../../coupons/by-staff.js';
import { RuleBroken } from '../../errors.js';
import { decimalMoney, type Currency } from '../../lib/money.js';
import { oneLine } from '../../lib/plain-text.js';
import { instantIn, localIn, ZONES } from '../../lib/zoned-time.js';
import { Product, type Coupon } from '../../models/index.js';
import { COUPON_TYPES } from '../../models/coupon-rules.js';
import { amount, oneOf, price, rules } from '../../models/rules.js';
import { checkForm, optional, type FieldErrors } from '../form.js';

/** The fields of a coupon as they are typed; named as the model names what is wrong with them. */
export const COUPON_FIELDS = [
  'code',
  'type',
  'discount_value',
  'currency',
  'min_purchase_amount',
  'max_discount_amount',
  'usage_limit',
  'user_usage_limit',
  'applicable_products',
  'applicable_countries',
  'valid_from',
  'valid_until',
  'zone',
  'description',
  'is_active',
] as const;

const inWords = (most: number, key: string) =>
  z
    .string(key)
    .max(most, key)
    .transform((text) => text.split(/[\s,;]+/).filter((word) => word !== ''));

const limit = z
  .string('errors.coupon.limit')
  .trim()
  .regex(/^\d{1,9}$/, 'errors.coupon.limit')
  .transform(Number);

const Form = z.object({
  type: oneOf(COUPON_TYPES, 'errors.coupon.type'),
  discount_value: z.string('errors.coupon.fixed').trim().max(40, 'errors.coupon.fixed'),
  currency: optional(rules.currency),
  min_purchase_amount: optional(z.string('errors.price')),
  max_discount_amount: optional(z.string('errors.price')),
  usage_limit: optional(limit),
  user_usage_limit: optional(limit),
  applicable_products: optional(inWords(20_000, 'errors.desk.plans')),
  applicable_countries: optional(
    inWords(2000, 'errors.country')
      .transform((codes) => codes.map((code) => code.toUpperCase()))
      .pipe(rules.countries),
  ),
  valid_from: z.string('errors.desk.when'),
  valid_until: optional(z.string('errors.desk.when')),
  zone: oneOf(ZONES, 'errors.desk.when'),
  description: optional(
    z
      .string('errors.desk.description')
      .transform(oneLine)
      .refine((text) => text.length <= 500, 'errors.desk.description'),
  ),
  is_active: z.literal('yes').optional().catch(undefined),
});

type Values = Omit<CouponValues, 'code'>;

/** What was typed of a coupon, but for its code; on mistakes a sentence for each field. */
export async function readCoupon(body: unknown): Promise<{ values: Values | null; errors: FieldErrors }> {
  const { data: form, errors } = checkForm(Form, body);
  if (!form) return { values: null, errors };
  try {
    return { values: await valuesOf(form), errors: {} };
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    return { values: null, errors: { [error.field ?? 'code']: error.key } };
  }
}

async function valuesOf(form: z.infer<typeof Form>): Promise<Values> {
  const { currency = null, zone } = form;
  const isPercentage = form.type === 'percentage';
  const plans =
    form.applicable_products && (await plansNamed(form.applicable_products, 'applicable_products'));
  return {
    type: form.type,
    discountBasisPoints: isPercentage ? percentage(form.discount_value) : null,
    discountValueMinor: isPercentage ? null : money(form.discount_value, currency, 'discount_value'),
    currency,
    minPurchaseAmountMinor: money(form.min_purchase_amount, currency, 'min_purchase_amount'),
    maxDiscountAmountMinor: money(form.max_discount_amount, currency, 'max_discount_amount'),
    usageLimit: form.usage_limit ?? null,
    userUsageLimit: form.user_usage_limit ?? null,
    applicableProducts: plans?.map(({ id }) => id) ?? null,
    applicableCountries: form.applicable_countries ?? null,
    isActive: form.is_active === 'yes',
    validFrom: moment(form.valid_from, zone, 'valid_from'),
    validUntil: form.valid_until === undefined ? null : moment(form.valid_until, zone, 'valid_until'),
    description: form.description ?? null,
  };
}

/** '12.5' is 1250. */
function percentage(text: string): number {
  const [, whole = '', part = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(text) ?? [];
  const points = whole === '' ? 0 : Number(whole) * 100 + Number(part.padEnd(2, '0'));
  if (points < 1 || points > 10_000) throw new RuleBroken('errors.desk.percent', {}, 'discount_value');
  return points;
}

function money(text: string | undefined, currency: Currency | null, field: string): number | null {
  if (text === undefined) return null;
  if (!currency) throw new RuleBroken('errors.coupon.currencyMissing', {}, 'currency');
  const parsed = price(currency).pipe(amount('errors.price')).safeParse(text);
  if (!parsed.success) throw new RuleBroken('errors.price', {}, field);
  return parsed.data;
}

function moment(local: string, zone: string, field: string): number {
  const instant = instantIn(local, zone);
  if (instant === null) throw new RuleBroken('errors.desk.when', {}, field);
  return instant;
}

/** A coupon as it would be typed, its times in UTC. */
export async function typedAs(coupon: Coupon): Promise<Record<string, string>> {
  const { currency, applicableProducts } = coupon;
  const amountOf = (minor: number | null) => (minor === null ? '' : decimalMoney(minor, currency!));
  const plans = applicableProducts?.length
    ? await Product.findAll({ where: { id: applicableProducts }, attributes: ['slug'] })
    : [];
  return {
    code: coupon.code,
    type: coupon.type,
    discount_value:
      coupon.discountBasisPoints === null
        ? amountOf(coupon.discountValueMinor)
        : percent(coupon.discountBasisPoints),
    currency: currency ?? '',
    min_purchase_amount: amountOf(coupon.minPurchaseAmountMinor),
    max_discount_amount: amountOf(coupon.maxDiscountAmountMinor),
    usage_limit: String(coupon.usageLimit ?? ''),
    user_usage_limit: String(coupon.userUsageLimit ?? ''),
    applicable_products: plans.map(({ slug }) => slug).join('\n'),
    applicable_countries: coupon.applicableCountries?.join(' ') ?? '',
    valid_from: localIn(coupon.validFrom, 'UTC'),
    valid_until: coupon.validUntil === null ? '' : localIn(coupon.validUntil, 'UTC'),
    zone: 'UTC',
    description: coupon.description ?? '',
    is_active: coupon.isActive ? 'yes' : '',
  };
}

const percent = (points: number) => String(points / 100);
