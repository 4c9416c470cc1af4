import { Op, where, col, fn, type Attributes } from 'sequelize';
import { Order } from '../models/index.js';
import { countOf, idsOf, inOrderOf, newestOf, type Branch } from '../models/filter-branches.js';
import { olderThan, pageOf } from '../models/newest-first.js';
import { clock, MINUTE } from '../lib/clock.js';
import { behind, branchesOf, facetsOf, timesOf, type OrderFilter } from './order-filter.js';

const PAGE = 50;
const OVERDUE_AFTER = 15 * MINUTE;

const SHOWN = [
  'id',
  'publicId',
  'created',
  'terms',
  'amountMinor',
  'currency',
  'paymentStatus',
  'paymentMethod',
  'status',
  'provider',
  'country',
  'customerEmail',
  'holdReason',
] as const;

type Columns = readonly (keyof Attributes<Order>)[];

/** A page of orders, newest first; `next` is the cursor of the page after it, or null. */
export async function listOrders(filter: OrderFilter, cursor?: string) {
  const { page: orders, next } = await pageOfOrders(filter, cursor, PAGE, SHOWN);
  return { orders, next };
}

/** The same of any size; `columns` have `id` and `created` among them. */
export const pageOfOrders = (
  filter: OrderFilter,
  cursor: string | undefined,
  size: number,
  columns: Columns,
) => pageOfBranches(branchesOf(behind(filter, cursor)), cursor, size, columns);

export const countOrders = (filter: OrderFilter) => countOf('orders', branchesOf(filter));

/** The same, of those that were bought with an address. */
export async function ordersOfAddress(email: string, filter: OrderFilter, cursor?: string) {
  const addresses = [...new Set([email, email.toLowerCase()])];
  const narrowed = facetsOf(filter).map(([column, value]) => aside(column, value));
  const branches = addresses.map((customer_email) => ({
    [Op.and]: [{ customer_email }, timesOf(behind(filter, cursor)), ...narrowed],
  }));
  const { page: orders, next } = await pageOfBranches(branches, cursor, PAGE, SHOWN);
  return { orders, next };
}

/** By their ids, in their order. */
export const shownOrders = (ids: string[]) => inOrderOf(ids, Order, [...SHOWN]);

async function pageOfBranches(
  branches: Branch[],
  cursor: string | undefined,
  size: number,
  columns: Columns,
) {
  const from = branches.map((branch) => ({ [Op.and]: [branch, olderThan(cursor)] }));
  const ids = branches.length === 0 ? [] : await idsOf(newestOf('orders', from, size + 1));
  return pageOf(await inOrderOf(ids, Order, [...columns]), size);
}

/** Inside an expression, where no index can be chosen by it: an address has few orders, and a state has many. */
const aside = (column: string, value: string) => where(fn('coalesce', col(column), ''), value);

/** Failed, or paid and after a quarter of an hour neither delivered nor given back. */
export const isStuck = ({ status, paymentStatus, created }: Order) =>
  status === 'failed' ||
  (paymentStatus === 'paid' &&
    ['pending', 'processing'].includes(status) &&
    created.getTime() < clock.now() - OVERDUE_AFTER);
