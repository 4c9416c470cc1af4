import { Router, type Request, type Response } from 'express';
import { setTimeout } from 'node:timers/promises';
import { applyPriceList, fitsAtOnce, isSilent } from '../../../catalogue/desk/apply-price-list.js';
import {
  findUpload,
  MOST_PLANS,
  uploadPriceList,
  type Preview,
} from '../../../catalogue/desk/upload-price-list.js';
import { COLUMNS, REQUIRED_COLUMNS } from '../../../catalogue/import/fields.js';
import { RuleBroken, ShopError } from '../../../errors.js';
import { SECOND } from '../../../lib/clock.js';
import { wantsFragment } from '../../../middleware/page-values.js';
import { HEAVIEST_LIST, priceListUpload } from '../../../middleware/price-list-upload.js';
import { adminsOnly } from '../../../middleware/staff-only.js';
import { sent } from '../../form.js';

/** A price list is uploaded, looked at, and applied as it was seen. */
export const priceLists = Router();

type Asked = Request<{ id: string }>;

/** Most lists are done before a page could say that they are not. */
const PATIENCE = 2 * SECOND;

priceLists.get('/import', adminsOnly, (_req, res) => {
  showUpload(res);
});

priceLists.post('/import', adminsOnly, priceListUpload, async (req, res) => {
  try {
    if (req.listRefused) throw req.listRefused;
    const { file } = req;
    if (!file || file.size === 0) throw new RuleBroken('errors.plans.list.missing', {}, 'list');
    const name = Buffer.from(file.originalname, 'latin1').toString('utf8');
    const setsStock = sent(req.body, 'sets_stock') === 'yes';
    const { id } = await uploadPriceList({ name, content: file.buffer }, setsStock, req.user!);
    res.redirect(303, `/admin/products/import/${id}`);
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    showUpload(res.status(error.status), error);
  }
});

priceLists.get('/import/:id', adminsOnly, async (req: Asked, res) => {
  await showPreview(req, res);
});

priceLists.post('/import/:id', adminsOnly, async (req: Asked, res) => {
  try {
    const { finished } = await applyPriceList(
      req.params.id,
      sent(req.body, 'all_or_none') === 'yes',
      req.user!,
    );
    await Promise.race([finished, setTimeout(PATIENCE)]);
  } catch (error) {
    if (!(error instanceof ShopError) || [404, 410].includes(error.status)) throw error;
    return showPreview(req, res.status(error.status), error);
  }
  res.redirect(303, `/admin/products/import/${req.params.id}`);
});

function showUpload(res: Response, refusal: ShopError | null = null) {
  res.render('admin/products/import/upload', {
    title: 'Import a price list',
    refusal,
    columns: COLUMNS,
    required: REQUIRED_COLUMNS,
    mostPlans: MOST_PLANS,
    mostMegabytes: HEAVIEST_LIST / 1024 / 1024,
    noindex: true,
  });
}

async function showPreview(req: Asked, res: Response, refusal: ShopError | null = null) {
  const upload = await findUpload(req.params.id);
  const view = wantsFragment(req, res) ? `_${upload.state as string}` : 'preview';
  res.render(`admin/products/import/${view}`, {
    title: 'Import a price list',
    upload,
    preview: upload.preview,
    fitsAtOnce: fitsAtOnce(upload.preview as Preview),
    report: upload.report,
    refusal,
    isSilent: isSilent(upload),
    refreshSeconds: upload.state === 'applying' && !isSilent(upload) ? 3 : undefined,
    noindex: true,
  });
}
