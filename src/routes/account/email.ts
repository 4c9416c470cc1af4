import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { askForNewEmail } from '../../accounts/change-email.js';
import { countTry } from '../../middleware/limits.js';
import { loggedIn } from '../../middleware/logged-in.js';
import { words } from '../../middleware/words.js';
import { canonicalEmail, rules } from '../../models/rules.js';
import { checkForm, typedValues, type FieldErrors } from '../form.js';
import { doneOf } from './done.js';
import { wrongPassword } from './own-password.js';

/** Another e-mail address for the account; its owner confirms it at /verify-email. */
export const accountEmail = Router();

accountEmail.get('/account/email', loggedIn, (req, res) => {
  showForm(req, res);
});

accountEmail.post('/account/email', loggedIn, async (req, res) => {
  const { data: form, errors } = checkForm(otherThan(req.user!.email), req.body);
  if (!form) return showForm(req, res.status(422), errors);
  const wrong = await wrongPassword(req, 'password');
  if (wrong) return showForm(req, res.status(422), wrong);
  await countTry(req, 'changeEmail');
  await askForNewEmail(req.user!, form.email);
  res.redirect(303, '/account/email?done=mailed');
});

const otherThan = (present: string) =>
  z.object({ email: rules.email.refine((email) => canonicalEmail(email) !== present, 'errors.emailSame') });

function showForm(req: Request, res: Response, errors: FieldErrors = {}) {
  const title = words(res).t('account.emailTitle');
  const typed = typedValues(req.body, ['email']);
  const present = req.user!.email;
  res.render('account/email', { title, present, typed, errors, done: doneOf(req), noindex: true });
}
