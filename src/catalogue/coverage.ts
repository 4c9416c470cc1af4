import { Op, literal, type WhereOptions } from 'sequelize';
import { sequelize } from '../database.js';
import { RuleBroken } from '../errors.js';
import type { Product } from '../models/index.js';
import { isCountry } from '../models/rules.js';

/** Plans that work in a country, its own and those that cover it among others. */
export function covering(country: string): WhereOptions<Product> {
  if (!isCountry(country)) throw new RuleBroken('errors.country');
  // JSON on SQLite, JSONB on PostgreSQL: as text, both hold each code in quotes.
  const listed = literal(`CAST(coverage AS TEXT) LIKE ${sequelize.escape(`%"${country}"%`)}`);
  return { [Op.or]: [{ country }, listed] };
}

export const coveringAll = (countries: readonly string[]): WhereOptions<Product> => ({
  [Op.and]: countries.map(covering),
});

export const countriesOf = (plan: { country: string; coverage: string[] | null }) =>
  plan.coverage?.length ? plan.coverage : [plan.country];

/** What travellers take for granted in a region's plan, and what some plans leave out. */
const OFTEN_MISSED: Record<string, readonly string[]> = {
  europe: ['CH', 'GB', 'NO', 'TR', 'UA', 'RS', 'AL', 'BA', 'MA'],
  asia: ['CN', 'HK', 'MO', 'TW', 'IN', 'NP', 'LA', 'MM'],
  'middle-east': ['TR', 'IL', 'EG', 'IR', 'LB'],
  'north-america': ['CA', 'MX', 'PR'],
  'latin-america': ['CU', 'VE', 'BO'],
  oceania: ['FJ', 'PG', 'NC'],
  africa: ['EG', 'MA', 'ET'],
};

export function oftenMissed(plan: Product): string[] {
  if (!plan.isRegional()) return [];
  const covered = new Set(countriesOf(plan));
  return (OFTEN_MISSED[plan.region ?? ''] ?? []).filter((country) => !covered.has(country));
}
