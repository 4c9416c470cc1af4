import { createHash } from 'node:crypto';
import type { ProviderName } from '../src/providers/provider.js';

/** What identifies a plan, out of which each wholesaler's kind of product id is made. */
export interface Named {
  place: string;
  country: string;
  data: string;
  days: number;
  number: number;
}

export const SKUS: Record<ProviderName, (plan: Named) => string> = {
  Airalo: ({ place, data, days }) => `${place}-${days}days-${data}`,
  MobiMatter: ({ country, number }) => `MM-${country}-${number}`,
  'eSIM Card': ({ place, data, days }) => uuidOf(`${place} ${data} ${days}`),
};

/** The same text always gives the same UUID (version 8, RFC 9562). */
function uuidOf(text: string) {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
