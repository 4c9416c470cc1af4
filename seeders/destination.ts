import type { ProviderName } from '../src/providers/provider.js';
import type { Terms } from './terms.js';

/**
 * One line of the demo's price list. Data reads '5GB', or '2GB/day' for unlimited data that is fast for 2 GB a day, or
 * 'Unlimited' when no threshold is known. Amounts are in USD unless they say 'EUR 9.50'.
 */
export type PriceLine = readonly [
  data: string,
  days: number,
  price: string,
  cost: string,
  provider: ProviderName,
  mark?: 'featured' | 'sold out',
];

/** A country, or several under one name, with what holds for every plan sold for it. */
export interface Destination {
  name: string;
  /** The ISO code; for several countries the one under which the plan is also found. */
  country: string;
  region: 'europe' | 'asia' | 'middle-east' | 'africa' | 'north-america' | 'latin-america' | 'oceania';
  coverage?: string[];
  networks: string[];
  terms: Terms;
  plans: PriceLine[];
}
