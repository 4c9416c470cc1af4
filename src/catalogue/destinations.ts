import { col, fn } from 'sequelize';
import { CURRENCIES, type Currency } from '../lib/money.js';
import { Product } from '../models/index.js';
import { countryName } from './countries.js';
import { countriesOf } from './coverage.js';
import { FOR_SALE } from './plans.js';

export interface Destination {
  code: string;
  name: string;
  plans: number;
  /** The lowest price in each currency that is sold there, the shop's first currency first. */
  from: { currency: Currency; minor: number }[];
}

interface Shelf {
  country: string;
  coverage: string[] | null;
  currency: Currency;
  plans: number;
  lowest: number;
}

/** Every country with something for sale, by name; a regional plan counts in each country that it covers. */
export async function destinations(language: string): Promise<Destination[]> {
  const found = new Map<string, Destination>();
  for (const shelf of await shelves()) {
    for (const code of countriesOf(shelf)) {
      const fresh = { code, name: countryName(code, language), plans: 0, from: [] };
      found.set(code, stocked(found.get(code) ?? fresh, shelf));
    }
  }
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name, language));
}

/** Where most plans lead to. */
export const popular = (all: readonly Destination[], most: number) =>
  all.toSorted((a, b) => b.plans - a.plans).slice(0, most);

export const currenciesOf = (all: readonly Destination[]): Currency[] =>
  CURRENCIES.filter((currency) => all.some(({ from }) => from.some((price) => price.currency === currency)));

function stocked(place: Destination, { currency, plans, lowest }: Shelf): Destination {
  const seen = place.from.find((price) => price.currency === currency);
  const from = [
    ...place.from.filter((price) => price !== seen),
    { currency, minor: Math.min(lowest, seen?.minor ?? lowest) },
  ];
  return { ...place, plans: place.plans + plans, from: from.toSorted(byCurrency) };
}

const byCurrency = (a: { currency: Currency }, b: { currency: Currency }) =>
  CURRENCIES.indexOf(a.currency) - CURRENCIES.indexOf(b.currency);

/** Many plans share their coverage, so the database counts them and few rows come back. */
async function shelves(): Promise<Shelf[]> {
  const rows = await Product.findAll({
    attributes: [
      'country',
      'coverage',
      'currency',
      [fn('COUNT', col('id')), 'plans'],
      [fn('MIN', col('price_minor')), 'lowest'],
    ],
    where: FOR_SALE,
    group: ['country', 'coverage', 'currency'],
  });
  return rows.map((row) => row.get() as unknown as Shelf);
}
