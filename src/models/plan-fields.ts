import { z } from 'zod';
import { amount, line, prose, rules, wholeFrom } from './rules.js';

/** What a plan's fields may hold: data-model section 1. The import asks the same rules of a price list. */

export const REGIONS = [
  'europe',
  'asia',
  'middle-east',
  'africa',
  'north-america',
  'latin-america',
  'oceania',
  'global',
] as const;

export const ACTIVATION_POLICIES = ['first_use', 'installation'] as const;
export type ActivationPolicy = (typeof ACTIVATION_POLICIES)[number];

const fact = (most: number) => line(most, 'errors.product.fact');
const texts = z.array(line(500, 'errors.product.list'), 'errors.product.list');

export const planFields = {
  name: line(200, 'errors.product.name'),
  slug: rules.slug,
  country: rules.country,
  region: z.enum(REGIONS, 'errors.product.region'),
  coverage: rules.countries,
  duration: wholeFrom(1, 'errors.product.duration'),
  dataLimit: line(50, 'errors.product.dataLimit'),
  dataMb: wholeFrom(1, 'errors.product.dataMb'),
  priceMinor: amount('errors.product.price'),
  costMinor: amount('errors.product.cost'),
  currency: rules.currency,
  provider: rules.provider,
  providerProductId: line(200, 'errors.product.sku'),
  stock: wholeFrom(0, 'errors.product.stock'),
  imageUrl: rules.picture,
  description: prose(5000, 'errors.product.description'),
  features: texts,
  supportedNetworks: texts,
  speed: fact(200),
  hotspot: fact(200),
  activationPolicy: z.enum(ACTIVATION_POLICIES, 'errors.product.fact'),
  installWithinDays: wholeFrom(1, 'errors.product.duration'),
  fairUse: fact(500),
  topUp: fact(200),
  kyc: fact(200),
  phoneNumber: fact(200),
  apn: fact(100),
  sortOrder: z.int32('errors.whole'),
  ratingCount: wholeFrom(0, 'errors.whole'),
};
