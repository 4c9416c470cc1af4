import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { ShopError } from '../../errors.js';
import { recentlyConfirmed } from '../../middleware/recently-confirmed.js';
import { adminsOnly } from '../../middleware/staff-only.js';
import { LEAST_RETURN_DAYS, MOST_RETURN_DAYS } from '../../models/return-days.js';
import { settingRules } from '../../models/shop-settings.js';
import { settingsNow, type OwnersSettings } from '../../shop/settings.js';
import { changeSettings, readingOf } from '../../staff/change-settings.js';
import { checkForm, optional, sent, typedValues, type FieldErrors } from '../form.js';

/** What the owner changes without a deploy. */
export const adminSettings = Router();

const linesOf = (text: string) => text.split(/[\s,;]+/).filter((line) => line !== '');

const Form = z.object({
  shop_name: settingRules.shopName,
  support_email: optional(settingRules.supportEmail),
  return_days: z
    .string('errors.settings.returnDays')
    .trim()
    .regex(/^\d{1,3}$/, { error: 'errors.settings.returnDays', abort: true })
    .transform(Number)
    .pipe(settingRules.returnDays),
  alert_emails: z
    .string('errors.settings.alertEmails')
    .max(4000, 'errors.settings.alertEmails')
    .transform(linesOf)
    .pipe(settingRules.alertEmails),
});

adminSettings.get('/', async (req, res) => {
  const now = await settingsNow();
  show(req, res, { typed: typedFrom(now), seen: readingOf(now) });
});

adminSettings.post('/', adminsOnly, recentlyConfirmed, async (req, res) => {
  const { data: form, errors } = checkForm(Form, req.body);
  const typed = typedValues(req.body, Object.keys(Form.shape), 4000);
  const seen = sent(req.body, 'seen').slice(0, 16);
  if (!form) return show(req, res.status(422), { typed, seen, errors });
  const wanted = {
    shopName: form.shop_name,
    supportEmail: form.support_email ?? null,
    returnDays: form.return_days,
    alertEmails: form.alert_emails,
  };
  try {
    await changeSettings(seen, wanted, req.user!);
  } catch (refusal) {
    if (!(refusal instanceof ShopError) || refusal.status !== 409) throw refusal;
    const now = await settingsNow();
    const moved = differing(typedFrom(now), typedFrom(wanted));
    return show(req, res.status(409), { typed, seen: readingOf(now), refusal, moved });
  }
  res.redirect(303, '/admin/settings?done=saved');
});

const typedFrom = ({ shopName, supportEmail, returnDays, alertEmails }: OwnersSettings) => ({
  shop_name: shopName,
  support_email: supportEmail ?? '',
  return_days: String(returnDays),
  alert_emails: alertEmails.join('\n'),
});

type Typed = Record<string, string>;

const differing = (stored: Typed, typed: Typed) =>
  Object.keys(stored)
    .filter((field) => stored[field] !== typed[field])
    .map((field) => ({ field, now: stored[field], typed: typed[field] }));

interface Shown {
  typed: Typed;
  seen: string;
  errors?: FieldErrors;
  refusal?: ShopError;
  moved?: ReturnType<typeof differing>;
}

function show(req: Request, res: Response, shown: Shown) {
  res.render('admin/settings/show', {
    title: 'Settings',
    errors: {},
    refusal: null,
    moved: [],
    ...shown,
    least: LEAST_RETURN_DAYS,
    most: MOST_RETURN_DAYS,
    done: req.query.done === 'saved',
    noindex: true,
  });
}
