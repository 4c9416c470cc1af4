import { Router } from 'express';
import { z } from 'zod';
import { NotFound, ShopError } from '../errors.js';
import { findPhones } from '../help/find-phones.js';
import { MAKERS } from '../help/phones/index.js';
import { oneLine } from '../lib/plain-text.js';
import { wantsFragment } from '../middleware/page-values.js';
import { revalidated } from '../middleware/revalidated.js';
import { words } from '../middleware/words.js';

/** Answers before, during and after a trip. */
export const help = Router();

/** The phones that have a guide of their own. */
export const GUIDES = ['iphone', 'samsung', 'pixel'] as const;

const Asked = z.object({
  model: z.string().max(80, 'phones.tooLong').default('').transform(oneLine),
});

help.get('/help', revalidated, (_req, res) => {
  res.render('help/index', { title: words(res).t('help.title') });
});

help.get('/help/install', revalidated, (_req, res) => {
  res.render('help/install', { title: words(res).t('install.title'), phones: GUIDES });
});

help.get('/help/install/:phone', revalidated, (req, res) => {
  const phone = GUIDES.find((name) => name === req.params.phone);
  if (!phone) throw new NotFound();
  const { t } = words(res);
  const name = t(`install.phones.${phone}.name`);
  res.render('help/guide', { title: t('install.guideTitle', { phone: name }), phone, phones: GUIDES });
});

help.get('/help/compatibility', revalidated, (req, res) => {
  const model = readModel(req.query);
  const found = { model, ...findPhones(model) };
  if (wantsFragment(req, res)) return res.render('help/_answer', { ...found, swapped: true });
  const { t } = words(res);
  res.render('help/compatibility', {
    ...found,
    title: t('phones.title'),
    description: t('phones.lead'),
    makers: MAKERS,
    // One page for every phone ever typed is none for search engines.
    noindex: model !== '',
  });
});

/** Throws a refusal with status 400 that says what could not be read. */
function readModel(query: unknown): string {
  const parsed = Asked.safeParse(query);
  if (parsed.success) return parsed.data.model;
  const { message } = parsed.error.issues[0]!;
  throw new ShopError(400, message.startsWith('phones.') ? message : 'errors.badRequest');
}
