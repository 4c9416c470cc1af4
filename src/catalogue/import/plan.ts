import type { CreationAttributes } from 'sequelize';
import { decimalMoney, HIGHEST_PRICE_MINOR, isCurrency, parseMoney, type Currency } from '../../lib/money.js';
import type { Product } from '../../models/product.js';
import { pricing } from '../../models/rules.js';
import { dataMbOf } from './data-limit.js';
import { Fields, type Cells, type Column } from './fields.js';
import { quoted, type Problem } from './problem.js';

/** A row of a price list that keeps every rule: the attributes of a Product that its columns speak about. */
export type Plan = CreationAttributes<Product> & { stock: number };

type Flaw = Omit<Problem, 'line'>;

/** An empty cell here leaves a known plan as it is and gives a new one the default; elsewhere it means "not stated". */
const NOT_CLEARED: readonly Column[] = ['is_featured', 'is_active', 'sort_order', 'data_mb'];

/** Reads one row, all its flaws at once. */
export function readPlan(cells: Cells): { plan: Plan } | { flaws: Flaw[] } {
  const filled = onlyFilled(cells);
  const fields = Fields.safeParse(filled);
  const money = readMoney(filled);
  const flaws = [
    ...(fields.error?.issues ?? []).map(({ path, message }) => flaw(filled, path[0] as Column, message)),
    ...money.flaws,
    ...flawsOfData(filled),
    ...flawsOfCoverage(filled, fields.data),
  ];
  if (!fields.success || flaws.length > 0) return { flaws };
  const { price: _price, cost: _cost, data_mb = dataMbOf(fields.data.data_limit), ...rest } = fields.data;
  const attributes = {
    ...cleared(cells),
    ...rest,
    // One country is no list of countries.
    ...(rest.coverage?.length === 1 && { coverage: null }),
    data_mb,
    price_minor: money.price,
    cost_minor: money.cost,
  };
  return { plan: inCamelCase(attributes) as unknown as Plan };
}

const onlyFilled = (cells: Cells): Cells =>
  Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== ''));

const cleared = (cells: Cells) =>
  Object.fromEntries(
    Object.entries(cells)
      .filter(([column, cell]) => cell === '' && !NOT_CLEARED.includes(column as Column))
      .map(([column]) => [column, null]),
  );

function flaw(cells: Cells, column: Column, message: string): Flaw {
  const cell = cells[column];
  return { column, reason: cell === undefined ? message : `${quoted(cell)} ${message}` };
}

/** Amounts are read once the currency is known, and strictly: a list is written by a program. */
function readMoney(cells: Cells) {
  const { currency = '' } = cells;
  if (!isCurrency(currency)) return { price: null, cost: null, flaws: [] };
  const read = (cell?: string) => (cell === undefined ? null : parseMoney(cell, currency));
  const [price, cost] = [read(cells.price), read(cells.cost)];
  const flaws = (['price', 'cost'] as const)
    .filter((column) => cells[column] !== undefined && read(cells[column]) === null)
    .map((column) => flaw(cells, column, `must be an exact amount in ${currency}, such as 12`));
  if (price !== null) flaws.push(...flawsOfPricing(cells, currency, price, cost));
  return { price, cost, flaws };
}

function flawsOfPricing(cells: Cells, currency: Currency, priceMinor: number, cost: number | null) {
  const [broken] = pricing.safeParse({ priceMinor, costMinor: cost ?? 0 }).error?.issues ?? [];
  if (broken?.message === 'errors.product.price')
    return [flaw(cells, 'price', `is above ${decimalMoney(HIGHEST_PRICE_MINOR, currency)} ${currency}`)];
  return broken && cost !== null ? [flaw(cells, 'price', `must be above the cost of ${cells.cost}`)] : [];
}

function flawsOfData({ data_limit, data_mb }: Cells): Flaw[] {
  if (data_limit === undefined || data_mb !== undefined || dataMbOf(data_limit) !== undefined) return [];
  const reason = 'must read like 500MB, 1GB or Unlimited, or the column data_mb must say how much';
  return [flaw({ data_limit }, 'data_limit', reason)];
}

function flawsOfCoverage(cells: Cells, fields?: Fields): Flaw[] {
  if (!fields?.coverage || fields.coverage.includes(fields.country)) return [];
  return [flaw(cells, 'coverage', `leaves out the plan’s own country, ${fields.country}`)];
}

const inCamelCase = (attributes: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(attributes).map(([column, value]) => [
      column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
