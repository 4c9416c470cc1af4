import { Op, literal, type WhereOptions } from 'sequelize';
import { sequelize } from '../database.js';
import { parseMoney, type Currency } from '../lib/money.js';
import { Product } from '../models/index.js';
import { countriesCalled } from './countries.js';
import { covering } from './coverage.js';
import type { Filters } from './filters.js';
import { FOR_SALE } from './plans.js';
import { ORDERS } from './sorts.js';

const PER_PAGE = 24;
const MB_PER_GB = 1024;

/** One page of the plans for sale that pass the filters. */
export async function plansMatching(filters: Filters) {
  const { rows, count } = await Product.findAndCountAll({
    where: { ...FOR_SALE, [Op.and]: conditions(filters) },
    order: ORDERS[filters.sort],
    limit: PER_PAGE,
    offset: (filters.page - 1) * PER_PAGE,
  });
  return { plans: rows, count, hasMore: filters.page * PER_PAGE < count };
}

function conditions({ country, q, days, data, price, currency }: Filters): WhereOptions<Product>[] {
  return [
    ...(country ? [covering(country)] : []),
    ...(q ? wordsOf(q).map(mentioning) : []),
    ...(days ? [{ duration: { [Op.gte]: days } }] : []),
    ...(data ? [atLeast(data)] : []),
    ...(price && currency ? [upTo(price, currency)] : []),
    ...(currency ? [{ currency }] : []),
  ];
}

const atLeast = (data: number | 'unlimited'): WhereOptions<Product> =>
  data === 'unlimited'
    ? { dataMb: null }
    : { [Op.or]: [{ dataMb: null }, { dataMb: { [Op.gte]: Math.floor(data * MB_PER_GB) } }] };

function upTo(price: string, currency: Currency): WhereOptions<Product> {
  // Somebody who types 1000.50 yen means 1000.
  const minor = parseMoney(price, currency) ?? parseMoney(price.split('.')[0]!, currency)!;
  return { currency, priceMinor: { [Op.lte]: minor } };
}

/** Everything here is a travel eSIM, so these words tell no plan from another. */
const FILLERS = new Set(['esim', 'esims', 'sim', 'plan', 'plans', 'data', 'for', 'in', 'the', 'travel']);

function wordsOf(query: string): string[] {
  const words = query
    .toLowerCase()
    .split(/[\s,/-]+/)
    .filter(Boolean);
  return words.filter((word) => !FILLERS.has(word));
}

/** A plan is found by its name, by the end of its address, and by what its countries are called. */
function mentioning(word: string): WhereOptions<Product> {
  const pattern = sequelize.escape(`%${word.replace(/[!%_]/g, '!$&')}%`);
  const texts = ['name', 'slug'].map((column) => literal(`LOWER(${column}) LIKE ${pattern} ESCAPE '!'`));
  const countries = word.length < 2 ? [] : countriesCalled(word);
  return { [Op.or]: [...texts, ...countries.map(covering)] };
}
