import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { recentlyConfirmed } from '../../middleware/recently-confirmed.js';
import { adminsOnly } from '../../middleware/staff-only.js';
import { wantsFragment } from '../../middleware/page-values.js';
import { EXPORT_KINDS, type Export } from '../../models/export.js';
import { csvOf } from '../../operations/exports/csv.js';
import { findExport, latestExports, requestExport } from '../../operations/exports/exports.js';
import { checkForm } from '../form.js';
import { address } from './address.js';
import { OrderQuery, filterOf } from './order-query.js';

/** Files of what the shop holds, for admins: asked for, then downloaded as they are made. */
export const adminExports = Router();

const REFRESH_SECONDS = 3;

const Form = OrderQuery.extend({ kind: z.enum(EXPORT_KINDS, 'errors.exports.kind') });

adminExports.use(adminsOnly);

adminExports.get('/', async (_req, res) => {
  await showList(res);
});

adminExports.post('/', recentlyConfirmed, async (req, res) => {
  const { data: form, errors } = checkForm(Form, req.body);
  if (!form) return showList(res.status(422), errors);
  const { kind, ...query } = form;
  const { id } = await requestExport(kind, filterOf(query), req.user!);
  res.redirect(303, `/admin/exports/${id}`);
});

adminExports.get('/:id', async (req, res) => {
  const file = await findExport(req.params.id);
  const values = { file, chosen: chosenIn(file), url: `/admin/exports/${file.id}` };
  if (wantsFragment(req as Request, res)) return res.render('admin/exports/_export', values);
  const refreshSeconds = file.moving() ? REFRESH_SECONDS : undefined;
  res.render('admin/exports/show', { ...values, refreshSeconds, title: 'Export', noindex: true });
});

adminExports.get('/:id/file', recentlyConfirmed, async (req, res) => {
  const file = await findExport(String(req.params.id));
  const { rows, csv } = await csvOf(file, req.user!);
  res.attachment(`${file.kind}-${file.created.toISOString().slice(0, 10)}.csv`);
  res.type('text/csv; charset=utf-8');
  try {
    await pipeline(rows, csv, res);
  } catch (error) {
    // Whoever breaks the download off can begin it again.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
});

async function showList(res: Response, errors: object = {}) {
  const files = (await latestExports()).map((file) => ({ file, chosen: chosenIn(file) }));
  res.render('admin/exports/index', { files, kinds: EXPORT_KINDS, errors, title: 'Exports', noindex: true });
}

/** The list that the file is of: its filters in words, and its address. */
const chosenIn = ({ kind, filter }: Export) => ({
  words: Object.values(filter).join(', '),
  list: kind === 'orders' ? address('/admin/orders', filter) : null,
});
