import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { recentlyConfirmed } from '../../middleware/recently-confirmed.js';
import { adminsOnly } from '../../middleware/staff-only.js';
import { LEAST_RETURN_DAYS, MOST_RETURN_DAYS } from '../../models/return-days.js';
import { settingRules } from '../../models/shop-settings.js';
import { ownersSettings, type OwnersSettings } from '../../shop/settings.js';
import { changeSettings } from '../../staff/change-settings.js';
import { checkForm, optional, typedValues, type FieldErrors } from '../form.js';

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
  show(req, res, typedFrom(await ownersSettings()));
});

adminSettings.post('/', adminsOnly, recentlyConfirmed, async (req, res) => {
  const { data: form, errors } = checkForm(Form, req.body);
  if (!form) {
    const typed = typedValues(req.body, Object.keys(Form.shape), 4000);
    return show(req, res.status(422), typed, errors);
  }
  const wanted = {
    shopName: form.shop_name,
    supportEmail: form.support_email ?? null,
    returnDays: form.return_days,
    alertEmails: form.alert_emails,
  };
  await changeSettings(wanted, req.user!);
  res.redirect(303, '/admin/settings?done=saved');
});

const typedFrom = ({ shopName, supportEmail, returnDays, alertEmails }: OwnersSettings) => ({
  shop_name: shopName,
  support_email: supportEmail ?? '',
  return_days: String(returnDays),
  alert_emails: alertEmails.join('\n'),
});

function show(req: Request, res: Response, typed: Record<string, string>, errors: FieldErrors = {}) {
  res.render('admin/settings/show', {
    title: 'Settings',
    typed,
    errors,
    least: LEAST_RETURN_DAYS,
    most: MOST_RETURN_DAYS,
    done: req.query.done === 'saved',
    noindex: true,
  });
}
