import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import {
  applyBulk,
  BULK_ACTIONS,
  isChange,
  MOST_AT_ONCE,
  previewBulk,
  type Bulk,
} from '../../../catalogue/desk/bulk.js';
import { allMatching } from '../../../catalogue/desk/plan-list.js';
import { RuleBroken, ShopError } from '../../../errors.js';
import { adminsOnly } from '../../../middleware/staff-only.js';
import { sent } from '../../form.js';
import { showList } from './list.js';
import { listAddress, queryOf } from './query.js';

/** Many plans at once: the list asks for a page that says what would happen, and that page does it. */
export const productBulk = Router();

const TICKED = 100;

const Form = z.object({
  action: z.enum(BULK_ACTIONS, 'errors.plans.bulk.action'),
  percent: z.string().max(20).catch(''),
  all: z.literal('yes').optional().catch(undefined),
  id: z
    .union([z.string().transform((id) => [id]), z.array(z.string())])
    .catch([])
    .transform((ids) => ids.filter((id) => /^[a-z0-9]{15}$/.test(id)).slice(0, TICKED)),
  back: z.string().max(3000).catch(''),
});

productBulk.get('/bulk', adminsOnly, async (req, res) => {
  try {
    await ask(req.query, res);
  } catch (error) {
    await refuse(req.query, res, error);
  }
});

productBulk.post('/bulk', adminsOnly, async (req, res) => {
  try {
    const { bulk, ids, back } = await read(req.body);
    await applyBulk(bulk, ids, sent(req.body, 'seen'), req.user!);
    res.redirect(303, back);
  } catch (error) {
    const isOld = error instanceof ShopError && error.status === 409;
    if (isOld) return ask(req.body, res.status(409), error);
    await refuse(req.body, res, error);
  }
});

/** Throws RuleBroken when nothing is ticked, or what to do is not said. */
async function read(body: unknown) {
  const form = Form.safeParse(body ?? {});
  if (!form.success) throw new RuleBroken('errors.plans.bulk.action');
  const { action, percent, all, id } = form.data;
  const { filters, after } = queryOf(form.data.back);
  const bulk: Bulk = { action, basisPoints: action === 'reprice' ? basisPointsIn(percent) : 0 };
  const ids = all ? await allMatching(filters, MOST_AT_ONCE) : id;
  if (!ids) throw new RuleBroken('errors.plans.bulk.tooMany', { most: MOST_AT_ONCE.toLocaleString('en') });
  if (ids.length === 0) throw new RuleBroken('errors.plans.bulk.nothing');
  return { bulk, ids, ticked: all ? [] : id, all, percent, back: listAddress(filters, after) };
}

function basisPointsIn(percent: string): number {
  const [, sign, whole, part = ''] = /^([+−-]?)(\d{1,3})(?:[.,](\d{1,2}))?\s?%?$/.exec(percent.trim()) ?? [];
  const size = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  const points = sign === '' || sign === '+' ? size : -size;
  if (!Number.isInteger(points) || points === 0 || points < -9000 || points > 50_000)
    throw new RuleBroken('errors.plans.bulk.percent');
  return points;
}

async function ask(body: unknown, res: Response, refusal: ShopError | null = null) {
  const { bulk, ids, ...form } = await read(body);
  const { lines, seen } = await previewBulk(bulk, ids);
  res.render('admin/products/bulk', {
    title: 'Many plans at once',
    ...form,
    bulk,
    seen,
    refusal,
    changed: lines.filter(isChange),
    refused: lines.filter((line) => line.refused),
    unchanged: lines.filter((line) => !line.refused && !isChange(line)).length,
    noindex: true,
  });
}

async function refuse(body: Request['query'] | undefined, res: Response, error: unknown) {
  if (!(error instanceof ShopError) || error.status === 404) throw error;
  const { filters, after } = queryOf(sent(body, 'back'));
  await showList(res.status(error.status), filters, after, { refusal: error });
}
