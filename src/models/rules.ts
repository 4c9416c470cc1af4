import { z } from 'zod';
import isoCountries from 'i18n-iso-countries';
import { RuleBroken } from '../errors.js';
import { CURRENCIES } from '../lib/money.js';

/**
 * Field rules (data-model, Data Validation Rules), shared by forms, models and import. A message is a key of the language
 * catalogue. Lengths are checked before any pattern, and no pattern can backtrack.
 */

const DISPOSABLE = new Set([
  'tempmail.com',
  'guerrillamail.com',
  'mailinator.com',
  '10minutemail.com',
  'yopmail.com',
]);

/** Control, zero-width and direction characters have no place in a name or an address. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/u;
const LOCAL_PART = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
const LABEL = /^[A-Za-z0-9-]+$/;

export const canonicalEmail = (email: string) => email.trim().normalize('NFC').toLowerCase();

export function isEmail(text: string): boolean {
  if (text.length < 6 || text.length > 254) return false;
  const parts = text.split('@');
  const [local = '', domain = ''] = parts;
  if (parts.length !== 2 || local.length > 64 || !LOCAL_PART.test(local)) return false;
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return false;
  const labels = domain.split('.');
  return (
    labels.length >= 2 &&
    labels.every(
      (label) => label.length <= 63 && LABEL.test(label) && !label.startsWith('-') && !label.endsWith('-'),
    ) &&
    /^[A-Za-z]/.test(labels.at(-1)!)
  );
}

/** For hooks: what a form let pass, or never saw. */
export function checkEmail(email: string, field = 'email') {
  if (!isEmail(email)) throw new RuleBroken('errors.email', {}, field);
}

const isDisposable = (email: string) => DISPOSABLE.has(canonicalEmail(email).split('@')[1] ?? '');

/** Officially assigned ISO 3166-1 alpha-2 codes; XK is a user-assigned one. */
const COUNTRIES = new Set(Object.keys(isoCountries.getAlpha2Codes()).filter((code) => code !== 'XK'));

export const isCountry = (code: string) => COUNTRIES.has(code);

export const rules = {
  email: z
    .string('errors.email')
    .trim()
    .max(254, 'errors.email')
    .refine(isEmail, 'errors.email')
    .refine((email) => !isDisposable(email), 'errors.emailDisposable'),
  personName: z
    .string('errors.name')
    .trim()
    .max(200, 'errors.name')
    .refine((name) => !INVISIBLE.test(name), 'errors.name'),
  /** E.164; spaces, dots, dashes and brackets that people type are taken out. */
  phone: z
    .string('errors.phone')
    .trim()
    .max(40, 'errors.phone')
    .transform((phone) => phone.replace(/[\s().-]/g, ''))
    .refine((phone) => /^\+?[1-9]\d{1,14}$/.test(phone), 'errors.phone'),
  slug: z
    .string('errors.slug')
    .max(200, 'errors.slug')
    .refine(
      (slug) => slug !== '' && slug.split('-').every((part) => /^[a-z0-9]+$/.test(part)),
      'errors.slug',
    ),
  couponCode: z
    .string('errors.couponCode')
    .trim()
    .max(40, 'errors.couponCode')
    .toUpperCase()
    .regex(/^[A-Z0-9]{6,12}$/, 'errors.couponCode'),
  currency: z.enum(CURRENCIES, 'errors.currency'),
  country: z.string('errors.country').refine(isCountry, 'errors.country'),
  quantity: z.coerce
    .string()
    .regex(/^[1-9]\d?$/, 'errors.quantity')
    .transform(Number)
    .refine((quantity) => quantity <= 20, 'errors.quantity'),
};
