import { countriesOf } from './coverage.js';
import type { Product } from '../models/index.js';

export type Card = ReturnType<typeof asCard>;

/** A plan as the lists show it: with what a gigabyte and a day come to. */
export function asCard(plan: Product) {
  const gigabytes = plan.dataMb === null ? null : plan.dataMb / 1024;
  return {
    plan,
    terms: plan.terms(),
    countries: countriesOf(plan).length,
    perGigabyte: gigabytes === null ? null : Math.round(plan.priceMinor / gigabytes),
    perDay: Math.round(plan.priceMinor / plan.duration),
  };
}
