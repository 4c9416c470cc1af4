import { Op, literal, type WhereOptions } from 'sequelize';
import { onSqlite, sequelize } from '../../database.js';
import type { Currency } from '../../lib/money.js';
import { Product } from '../../models/index.js';
import { after, cut, orderBy, type Sort } from '../../models/paging.js';
import type { PlanState } from '../../models/product.js';
import type { ProviderName } from '../../providers/provider.js';

export const PLAN_SORTS = ['newest', 'name', 'price', 'price_down', 'stock', 'stock_down'] as const;
export const PLAN_STATES = ['all', 'active', 'low', 'sold_out', 'off', 'archived'] as const;

/** What is chosen above the list; `currency` is given whenever it is sorted by price, as amounts of two do not compare. */
export interface PlanFilters {
  q?: string | undefined;
  state: (typeof PLAN_STATES)[number];
  country?: string | undefined;
  provider?: ProviderName | undefined;
  featured?: 'yes' | undefined;
  currency?: Currency | undefined;
  sort: (typeof PLAN_SORTS)[number];
}

/** So many units or fewer are low. */
export const LOW_STOCK = 5;
const PAGE = 50;
/** What a search shows; its answers come by name. */
export const MOST_FOUND = 100;

const SORTS: Record<PlanFilters['sort'], Sort> = {
  newest: { column: 'created', direction: 'DESC', holds: 'date' },
  name: { column: 'name', direction: 'ASC', holds: 'text' },
  price: { column: 'priceMinor', direction: 'ASC', holds: 'number' },
  price_down: { column: 'priceMinor', direction: 'DESC', holds: 'number' },
  stock: { column: 'stock', direction: 'ASC', holds: 'number' },
  stock_down: { column: 'stock', direction: 'DESC', holds: 'number' },
};

/** Everything that a row shows, and nothing of the long texts. */
const SHOWN = [
  'id',
  'name',
  'slug',
  'country',
  'coverage',
  'dataLimit',
  'duration',
  'priceMinor',
  'costMinor',
  'currency',
  'provider',
  'providerProductId',
  'stock',
  'isActive',
  'deactivatedByStock',
  'archivedAt',
  'isFeatured',
  'ratingAverage',
  'ratingCount',
  'created',
] as const;

/** A page of plans for staff; `next` is the cursor of the page after it, or null. A search has one page. */
export async function plansForStaff(filters: PlanFilters, cursor?: string) {
  if (filters.q) return found(filters, filters.q);
  const sort = sortOf(filters);
  const plans = await Product.findAll({
    attributes: [...SHOWN],
    where: { [Op.and]: [conditions(filters), after(sort, cursor)] },
    order: orderBy(sort),
    limit: PAGE + 1,
  });
  const { page, next } = cut(plans, PAGE, sort);
  return { plans: page, next, hasMore: false };
}

/** The row of one plan. */
export const planRow = (id: string) => Product.findByPk(id, { attributes: [...SHOWN], rejectOnEmpty: true });

/** All plans that the filters leave, whole, at most so many; null when there are more. */
export async function allMatching(filters: PlanFilters, most: number): Promise<string[] | null> {
  if (filters.q) {
    const { ids, isCut } = await idsFound(filters, filters.q, most + 1);
    return isCut ? null : ids;
  }
  const plans = await Product.findAll({
    attributes: ['id'],
    where: conditions(filters),
    order: orderBy(sortOf(filters)),
    limit: most + 1,
  });
  return plans.length > most ? null : plans.map(({ id }) => id);
}

/** What is nearly sold out is looked at from its end. */
const sortOf = ({ state, sort }: PlanFilters) => SORTS[state === 'low' ? 'stock' : sort];

const IN_STATE: Record<PlanState, WhereOptions<Product>> = {
  active: { isActive: true },
  sold_out: { isActive: false, deactivatedByStock: true },
  off: { isActive: false, deactivatedByStock: false, archivedAt: null },
  archived: { archivedAt: { [Op.ne]: null } },
};

function conditions({ state, country, provider, featured, currency, sort }: PlanFilters) {
  const where: WhereOptions<Product>[] = [
    state === 'all'
      ? { archivedAt: null }
      : state === 'low'
        ? { isActive: true, stock: { [Op.lte]: LOW_STOCK } }
        : IN_STATE[state],
  ];
  if (country) where.push(inPassing('country', sequelize.escape(country)));
  if (provider) where.push({ provider });
  if (featured) where.push(inPassing('is_featured', 'TRUE'));
  // By price, the currency is where the index begins.
  if (sort.startsWith('price') && state !== 'low') where.push({ currency: currency ?? 'USD' });
  else if (currency) where.push(inPassing('currency', sequelize.escape(currency)));
  return { [Op.and]: where };
}

/**
 * What is looked at on the way along the index that the list goes by. SQLite would rather gather all plans of a country
 * and sort them for every page; the plus forbids it. `value` is SQL.
 */
const inPassing = (column: 'country' | 'currency' | 'is_featured', value: string) =>
  literal(`${onSqlite ? '+' : ''}${column} = ${value}`);

async function found(filters: PlanFilters, q: string) {
  const { ids, isCut } = await idsFound(filters, q, MOST_FOUND + 1);
  const plans = await Product.findAll({
    attributes: [...SHOWN],
    where: { id: ids.slice(0, MOST_FOUND) },
  });
  return {
    plans: plans.toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    next: null,
    hasMore: isCut,
  };
}

/** So many plans of one beginning are looked through before the filters are asked. */
const LOOKED_THROUGH = 1000;

/** Plans whose name, address or number at the wholesaler starts like this, however it is capitalised. */
async function idsFound(filters: PlanFilters, q: string, most: number) {
  const limit = Math.max(LOOKED_THROUGH, most);
  const answers = await Promise.all(
    ['name', 'slug', 'provider_product_id'].map((column) =>
      Product.findAll({
        attributes: ['id'],
        where: startsWith(column, q),
        order: [literal(small(column))],
        limit,
      }),
    ),
  );
  const plans = await Product.findAll({
    attributes: ['id'],
    where: {
      [Op.and]: [{ id: answers.flat().map(({ id }) => id) }, conditions({ ...filters, sort: 'name' })],
    },
    limit: most,
  });
  const isCut = plans.length === most || answers.some(({ length }) => length === limit);
  return { ids: plans.map(({ id }) => id), isCut };
}

const small = (column: string) => (onSqlite ? `lower(${column})` : `lower(${column}) COLLATE "C"`);

function startsWith(column: string, q: string) {
  const start = onSqlite ? asciiSmall(q) : q.toLowerCase();
  const [from, to] = [start, `${start}\u{10FFFF}`].map((text) => sequelize.escape(text));
  return literal(`${small(column)} >= ${from} AND ${small(column)} < ${to}`);
}

/** SQLite makes small letters of A to Z alone. */
const asciiSmall = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
