import { forUpdate } from '../../database.js';
import { hashOf } from '../../lib/ids.js';
import { decimalMoney, type Currency } from '../../lib/money.js';
import { Product } from '../../models/index.js';
import type { Plan } from '../import/plan.js';
import { take } from '../import/take.js';
import { differences, factsOf } from './facts.js';

/** What a price list would do to one plan. `product` is new, or has the list's facts set and not written. */
export interface ListedChange {
  slug: string;
  kind: 'created' | 'changed' | 'unchanged';
  product: Product;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  /** Stands for the change: who has seen it has seen this. Empty when nothing changes. */
  mark: string;
}

/** Compares plans with the catalogue, inside the caller's transaction with their rows locked when `lock` says so. */
export async function changesOf(
  plans: readonly Plan[],
  setsStock: boolean,
  lock: typeof forUpdate | object = {},
): Promise<ListedChange[]> {
  const products = await Product.findAll({ where: { slug: plans.map(({ slug }) => slug) }, ...lock });
  const known = new Map(products.map((product) => [product.slug, product]));
  return plans.map((plan) => {
    const product = known.get(plan.slug);
    return product ? changeOf(product, plan, setsStock) : newPlan(plan);
  });
}

function newPlan(plan: Plan): ListedChange {
  const product = Product.build(plan);
  const after = factsOf(product);
  return { slug: plan.slug, kind: 'created', product, before: {}, after, mark: markOf(['new', plan]) };
}

function changeOf(product: Product, { stock, ...facts }: Plan, setsStock: boolean): ListedChange {
  const was = factsOf(product);
  take(product, setsStock ? { ...facts, stock } : facts);
  const { before, after } = differences(was, factsOf(product));
  const changes = Object.keys(after).length > 0;
  const mark = changes ? markOf([before, after]) : '';
  return { slug: product.slug, kind: changes ? 'changed' : 'unchanged', product, before, after, mark };
}

const markOf = (change: unknown) => hashOf(JSON.stringify(change)).slice(0, 12);

export interface ShownChange {
  field: string;
  from: string;
  to: string;
}

/** The change in the words of the file: column, old and new cell. */
export const shownChanges = ({ product, before, after }: ListedChange): ShownChange[] =>
  Object.keys(after).map((name) => ({
    field: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/_minor$/, ''),
    from: shown(name, before[name], (before.currency as Currency | undefined) ?? product.currency),
    to: shown(name, after[name], product.currency),
  }));

function shown(name: string, value: unknown, currency: Currency): string {
  if (value === null || value === undefined) return name === 'dataMb' ? 'unlimited' : '';
  if (name.endsWith('Minor')) return decimalMoney(value as number, currency);
  if (Array.isArray(value)) return value.join(' | ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
