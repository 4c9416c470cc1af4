import { Router, type Response } from 'express';
import { LOW_STOCK, MOST_FOUND, plansForStaff, type PlanFilters } from '../../../catalogue/desk/plan-list.js';
import { MOST_AT_ONCE } from '../../../catalogue/desk/bulk.js';
import type { ShopError } from '../../../errors.js';
import { listAddress, readQuery } from './query.js';

export const productList = Router();

productList.get('/', async (req, res) => {
  const { filters, after } = readQuery(req.query);
  await showList(res, filters, after);
});

interface Refused {
  refusal?: ShopError;
  /** The row that was meant, and what was typed there. */
  row?: { id: string; typed: Record<string, string> };
}

/** The list, with the reason why something in it was refused, if need be. */
export async function showList(res: Response, filters: PlanFilters, after?: string, refused: Refused = {}) {
  const { plans, next, hasMore } = await plansForStaff(filters, after);
  res.render('admin/products/index', {
    title: 'Products',
    plans,
    filters,
    hasMore,
    refusal: refused.refusal ?? null,
    refusedRow: refused.row ?? null,
    back: listAddress(filters, after),
    first: after ? listAddress(filters) : null,
    next: next && listAddress(filters, next),
    lowStock: LOW_STOCK,
    mostFound: MOST_FOUND,
    mostAtOnce: MOST_AT_ONCE,
    noindex: true,
  });
}
