import { z } from 'zod';
import { decimalMoney, isCurrency, type Currency } from '../../lib/money.js';
import { oneLine, plainText } from '../../lib/plain-text.js';
import type { Product } from '../../models/index.js';
import { planFields as rule } from '../../models/plan-fields.js';
import { price, pricing } from '../../models/rules.js';
import { dataMbOf } from '../import/data-limit.js';
import type { PlanForm } from './change-plan.js';

/** A plan as staff types it: every field a text, money in decimals of the row's currency. */

type Typed = Record<string, string>;

type Rule<In> = z.ZodType<unknown, In>;

const text = (of: Rule<string>) => z.string().transform(oneLine).pipe(of);
/** Left empty it is not stated. */
const stated = (of: Rule<string>) =>
  z
    .string()
    .transform(oneLine)
    .transform((typed) => typed || null)
    .pipe(of.nullable());
const long = (of: Rule<string>) =>
  z
    .string()
    .transform(plainText)
    .transform((typed) => typed || null)
    .pipe(of.nullable());
const lines = (of: Rule<string[]>) =>
  z
    .string()
    .transform((typed) => partsOf(typed, /[\r\n]+/))
    .pipe(of.nullable());
const number = (of: Rule<number>) =>
  z
    .string()
    .transform((typed) => Number(typed.trim() === '' ? NaN : typed.trim()))
    .pipe(of);
const statedNumber = (of: Rule<number>) =>
  z
    .string()
    .transform((typed) => (typed.trim() === '' ? null : Number(typed.trim())))
    .pipe(of.nullable());
const tick = z.string().transform((typed) => typed === 'yes');

const partsOf = (typed: string, separator: RegExp) => {
  const parts = typed
    .split(separator)
    .map((part) => oneLine(part))
    .filter(Boolean);
  return parts.length > 0 ? parts : null;
};

const formOf = (currency: Currency) =>
  z.object({
    name: text(rule.name),
    slug: z.string().pipe(rule.slug),
    country: z.string().trim().toUpperCase().pipe(rule.country),
    region: stated(rule.region as unknown as Rule<string>),
    coverage: z
      .string()
      .toUpperCase()
      .transform((typed) => partsOf(typed, /[\s,;|]+/))
      .transform((codes) => codes && [...new Set(codes)])
      .pipe(rule.coverage.nullable()),
    duration: number(rule.duration),
    data_limit: text(rule.dataLimit),
    price_minor: price(currency),
    cost_minor: price(currency),
    currency: rule.currency,
    provider: rule.provider,
    provider_product_id: text(rule.providerProductId),
    stock: number(rule.stock),
    is_active: tick,
    is_featured: tick,
    sort_order: number(rule.sortOrder),
    image_url: stated(rule.imageUrl),
    description: long(rule.description),
    features: lines(rule.features),
    supported_networks: lines(rule.supportedNetworks),
    speed: stated(rule.speed),
    hotspot: stated(rule.hotspot),
    activation_policy: stated(rule.activationPolicy as unknown as Rule<string>),
    install_within_days: statedNumber(rule.installWithinDays),
    fair_use: stated(rule.fairUse),
    top_up: stated(rule.topUp),
    kyc: stated(rule.kyc),
    phone_number: stated(rule.phoneNumber),
    apn: stated(rule.apn),
  });

/** The fields of the form, by the data model's names. */
export const PLAN_FIELDS = [
  ...Object.keys(formOf('USD').shape).map((name) => name.replace(/_minor$/, '')),
  'data_mb',
];

/** The plan that was typed, or a sentence's key for each field that is wrong. */
export function readPlanForm(typed: Typed): { plan: PlanForm } | { errors: Record<string, string> } {
  const currency = isCurrency(typed.currency ?? '') ? (typed.currency as Currency) : 'USD';
  const slug = typed.slug?.trim() || slugOf(typed.name ?? '');
  const amounts = { price_minor: typed.price, cost_minor: typed.cost };
  const { data, error } = formOf(currency).safeParse({ ...typed, ...amounts, slug });
  const errors: Record<string, string> = {};
  for (const { path, message } of error?.issues ?? []) errors[fieldOf(path[0])] ??= sentence(message);
  if (!typed.slug?.trim() && slug === '' && !errors.name) errors.slug = 'errors.plans.slugNeeded';
  const dataMb = readDataMb(typed);
  if (dataMb === undefined) errors.data_mb = 'errors.product.dataMb';
  Object.assign(errors, flawsTogether(data));
  if (!data || Object.keys(errors).length > 0) return { errors };
  const { coverage, ...rest } = data as Record<string, unknown>;
  const several = (coverage as string[] | null)?.length === 1 ? null : coverage;
  return { plan: inCamelCase({ ...rest, coverage: several, data_mb: dataMb }) as unknown as PlanForm };
}

const fieldOf = (column: unknown) => String(column).replace(/_minor$/, '');
const sentence = (message: string) => (message.startsWith('errors.') ? message : 'errors.required');

function flawsTogether(data?: z.infer<ReturnType<typeof formOf>>): Record<string, string> {
  if (!data) return {};
  const pair = { priceMinor: data.price_minor, costMinor: data.cost_minor };
  const [flaw] = pricing.safeParse(pair).error?.issues ?? [];
  const coverage = data.coverage;
  return {
    ...(flaw && { price: flaw.message }),
    ...(coverage && !coverage.includes(data.country) && { coverage: 'errors.product.coverage' }),
  };
}

/** Null is unlimited; undefined, when neither field says how much it is. */
function readDataMb({ data_mb = '', data_limit = '' }: Typed): number | null | undefined {
  const typed = data_mb.trim();
  if (typed === '') return dataMbOf(data_limit);
  if (/^unlimited$/i.test(typed)) return null;
  return /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : undefined;
}

const inCamelCase = (columns: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(columns).map(([column, value]) => [
      column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );

/** 'Japan 5 GB – 7 days' → 'japan-5-gb-7-days'. */
export const slugOf = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 200)
    .replace(/^-+|-+$/g, '');

/** A plan as the form shows it. */
export function typedPlan(plan: Product): Typed {
  const list = (items: string[] | null, separator: string) => items?.join(separator) ?? '';
  const texts = Object.fromEntries(PLAN_FIELDS.map((field) => [field, String(plan.get(camel(field)) ?? '')]));
  return {
    ...texts,
    price: decimalMoney(plan.priceMinor, plan.currency),
    cost: decimalMoney(plan.costMinor, plan.currency),
    coverage: list(plan.coverage, ' '),
    features: list(plan.features, '\n'),
    supported_networks: list(plan.supportedNetworks, '\n'),
    data_mb: plan.dataMb === null ? 'unlimited' : String(plan.dataMb),
    is_active: plan.hidden() ? '' : 'yes',
    is_featured: plan.isFeatured ? 'yes' : '',
  };
}

const camel = (field: string) =>
  field.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) as keyof Product['_attributes'];

/** Markup and margin of what is typed; null while it cannot be read. */
export function earningsOf(typed: Typed) {
  const currency = isCurrency(typed.currency ?? '') ? (typed.currency as Currency) : 'USD';
  const [sold, bought] = [typed.price ?? '', typed.cost ?? ''].map(
    (amount) => price(currency).safeParse(amount).data ?? null,
  );
  if (sold === null || sold === undefined || bought === null || bought === undefined || sold === 0)
    return null;
  const share = (of: number) => (of === 0 ? null : Math.round(((sold - bought) * 10_000) / of) / 100);
  return { earnedMinor: sold - bought, currency, markup: share(bought), margin: share(sold) };
}
