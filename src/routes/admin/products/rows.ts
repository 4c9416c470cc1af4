import { Router, type Request, type Response } from 'express';
import {
  changePrice,
  featurePlan,
  moveStock,
  planForStaff,
  switchPlan,
} from '../../../catalogue/desk/change-plan.js';
import { planRow } from '../../../catalogue/desk/plan-list.js';
import { RuleBroken, ShopError } from '../../../errors.js';
import { wantsFragment } from '../../../middleware/page-values.js';
import { adminsOnly } from '../../../middleware/staff-only.js';
import type { Product } from '../../../models/index.js';
import { sent, typedValues } from '../../form.js';
import { showList } from './list.js';
import { listAddress, queryOf } from './query.js';

/** What is changed in a row of the list: a small form each, which brings the row back. */
export const productRows = Router();

type Asked = Request<{ id: string }>;

productRows.post('/:id/price', adminsOnly, async (req: Asked, res) => {
  const seen = Number(/^\d{1,15}$/.test(sent(req.body, 'seen')) ? sent(req.body, 'seen') : NaN);
  await change(req, res, () => changePrice(req.params.id, seen, sent(req.body, 'price'), req.user!), {
    before: seen,
  });
});

productRows.post('/:id/stock', adminsOnly, async (req: Asked, res) => {
  await change(req, res, () => moveStock(req.params.id, unitsIn(sent(req.body, 'units')), req.user!));
});

productRows.post('/:id/switch', adminsOnly, async (req: Asked, res) => {
  await change(req, res, () => switchPlan(req.params.id, sent(req.body, 'to') === 'on', req.user!));
});

productRows.post('/:id/feature', adminsOnly, async (req: Asked, res) => {
  await change(req, res, () => featurePlan(req.params.id, sent(req.body, 'to') === 'yes', req.user!));
});

/** '+5', '5', '-2', and the minus that a phone writes. */
function unitsIn(typed: string): number {
  const units = /^([+−–-]?)\s?(\d{1,6})$/.exec(typed.trim());
  if (!units || Number(units[2]) === 0) throw new RuleBroken('errors.plans.delta', {}, 'units');
  return ['', '+'].includes(units[1]!) ? Number(units[2]) : -Number(units[2]);
}

async function change(
  req: Asked,
  res: Response,
  work: () => Promise<Product>,
  shown: { before?: number } = {},
) {
  const back = sent(req.body, 'back');
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    return refuse(req, res, error, back);
  }
  if (wantsFragment(req, res)) return showRow(req, res, back, shown);
  // From the page of the plan, or from the list.
  if (back === `/admin/products/${req.params.id}`) return res.redirect(303, back);
  const { filters, after } = queryOf(back);
  res.redirect(303, `${listAddress(filters, after)}#plan-${req.params.id}`);
}

async function refuse(req: Asked, res: Response, refusal: ShopError, back: string) {
  res.status(refusal.status);
  const typed = typedValues(req.body, ['price', 'units'], 40);
  if (wantsFragment(req, res)) return showRow(req, res, back, { refusal, typed });
  await planForStaff(req.params.id);
  const { filters, after } = queryOf(back);
  await showList(res, filters, after, { refusal, row: { id: req.params.id, typed } });
}

async function showRow(req: Asked, res: Response, back: string, values: object) {
  const plan = await planRow(req.params.id);
  res.render('admin/products/_row', { refusal: null, typed: {}, before: null, ...values, plan, back });
}
