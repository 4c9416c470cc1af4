import { z } from 'zod';
import { CURRENCIES, HIGHEST_PRICE_MINOR, type Currency } from '../lib/money.js';
import { typedMoney } from '../lib/typed-money.js';
import { PROVIDERS } from '../providers/provider.js';
import { isCountry } from './countries.js';
import { isDisposable, isEmail } from './email.js';

export { isCountry } from './countries.js';
export { canonicalEmail, isEmail } from './email.js';

/**
 * The rules of fields (data-model, Data Validation Rules): forms read with them, models keep them, the import asks them.
 * A message is a key of the language catalogue. A rule gives the text back cleaned. Lengths are checked before any
 * pattern, and no pattern can backtrack.
 */

/** Control, zero-width and direction characters have no place in a name. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/u;
const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_BREAKS = /[^\P{Cc}\r\n\t]/u;
const LARGEST_INTEGER = 2_147_483_647;

/** Characters are counted as the databases count them: a smiley is one. */
const atMost = (most: number) => (text: string) =>
  text.length <= most || (text.length <= 2 * most && Array.from(text).length <= most);

/** One line of text, not empty. */
export const line = (most: number, key: string) =>
  z
    .string(key)
    .trim()
    .min(1, key)
    .refine((text) => atMost(most)(text) && !CONTROL.test(text), { error: key, abort: true });

/** Text of several lines. */
export const prose = (most: number, key: string) =>
  z
    .string(key)
    .trim()
    .refine((text) => atMost(most)(text) && !CONTROL_BUT_BREAKS.test(text), key);

/** A whole number that fits both databases. */
export const wholeFrom = (least: number, key: string) => z.int(key).min(least, key).max(LARGEST_INTEGER, key);

/** Minor units of money. */
export const amount = (key: string) => z.int(key).min(0, key);

export const oneOf = <Choice extends string>(choices: readonly Choice[], key = 'errors.oneOf') =>
  z.enum(choices as readonly [Choice, ...Choice[]], key);

const anyEmail = z.string('errors.email').trim().refine(isEmail, { error: 'errors.email', abort: true });
const email = anyEmail.refine((address) => !isDisposable(address), 'errors.emailDisposable');

const country = z.string('errors.country').refine(isCountry, 'errors.country');

export const rules = {
  email,
  /** Of somebody who only wants an answer: it may be thrown away. */
  anyEmail,
  /** The form under which an account is found again. */
  canonicalEmail: email.toLowerCase(),
  personName: line(200, 'errors.name').refine((name) => !INVISIBLE.test(name), 'errors.name'),
  /** E.164; spaces, dots, dashes and brackets that people type are taken out. */
  phone: z
    .string('errors.phone')
    .trim()
    .max(40, { error: 'errors.phone', abort: true })
    .transform((phone) => phone.replace(/[\s().-]/g, ''))
    .refine((phone) => /^\+?[1-9]\d{1,14}$/.test(phone), 'errors.phone'),
  slug: z
    .string('errors.slug')
    .max(200, { error: 'errors.slug', abort: true })
    .refine((slug) => slug.split('-').every((part) => /^[a-z0-9]+$/.test(part)), 'errors.slug'),
  couponCode: z
    .string('errors.couponCode')
    .trim()
    .max(40, { error: 'errors.couponCode', abort: true })
    .toUpperCase()
    .regex(/^[A-Z0-9]{6,12}$/, 'errors.couponCode'),
  currency: oneOf(CURRENCIES, 'errors.currency'),
  provider: oneOf(PROVIDERS, 'errors.provider'),
  country,
  countries: z.array(country, 'errors.country'),
  quantity: z.coerce
    .string()
    .regex(/^[1-9]\d?$/, 'errors.quantity')
    .transform(Number)
    .refine((quantity) => quantity <= 20, 'errors.quantity'),
  /** By https, or a path of this shop; `//` and `/\` would lead to another host. */
  picture: z
    .string('errors.picture')
    .max(500, { error: 'errors.picture', abort: true })
    .regex(/^(?:https:\/\/|\/(?![/\\]))[!-~]+$/, 'errors.picture'),
};

/** The rule as a question. */
export const keeps = (rule: z.ZodType) => (value: unknown) => rule.safeParse(value).success;

/** What somebody types as a price or a cost, in minor units. */
export const price = (currency: Currency) =>
  z
    .string('errors.price')
    .transform((text) => typedMoney(text, currency))
    .refine((minor) => minor !== null, { error: 'errors.price', abort: true })
    .pipe(z.int().max(HIGHEST_PRICE_MINOR, 'errors.product.price'));

/** What a plan is sold for, and what it costs, in minor units. */
export const pricing = z
  .object({
    priceMinor: amount('errors.product.price').max(HIGHEST_PRICE_MINOR, 'errors.product.price'),
    costMinor: amount('errors.product.cost'),
  })
  .refine(({ priceMinor, costMinor }) => priceMinor > costMinor, {
    error: 'errors.product.priceAboveCost',
    path: ['priceMinor'],
  });
