import { Op } from 'sequelize';
import { Customer } from '../models/index.js';
import { beginning, inOrderOf } from '../models/beginning.js';
import { after, cut, orderBy, type Sort } from '../models/paging.js';

const PAGE = 50;

const SORTS = {
  newest: { column: 'created', direction: 'DESC', holds: 'date' },
  orders: { column: 'totalOrders', direction: 'DESC', holds: 'number' },
} as const satisfies Record<string, Sort>;
export type CustomerSort = keyof typeof SORTS;
export const CUSTOMER_SORTS = Object.keys(SORTS) as [CustomerSort, ...CustomerSort[]];

/** A page of everybody who has paid for something; `next` is the cursor of the page after it, or null. */
export async function customersBy(sort: CustomerSort, cursor?: string) {
  const by = SORTS[sort];
  const rows = await Customer.findAll({ where: after(by, cursor), order: orderBy(by), limit: PAGE + 1 });
  const { page, next } = cut(rows, PAGE, by);
  return { customers: page, next };
}

/** The first of those, by address, whose address begins so; `more` when there are others. */
export async function customersBeginning(letters: string) {
  const rows = await Customer.findAll({
    where: { [Op.and]: [beginning('email', letters)] },
    order: inOrderOf('email'),
    limit: PAGE + 1,
  });
  return { customers: rows.slice(0, PAGE), more: rows.length > PAGE };
}
