import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { askForReset, resetPassword } from '../../accounts/passwords.js';
import { isAddress, newPassword } from '../../accounts/password-rules.js';
import { countTry } from '../../middleware/limits.js';
import { words } from '../../middleware/words.js';
import { AccountLink } from '../../models/index.js';
import { rules } from '../../models/rules.js';
import { checkForm, typedValues, type FieldErrors } from '../form.js';
import { doneOf } from './done.js';
import { enter, linkIsOver, tokenOf, withToken } from './links.js';

/** For who has forgotten the password: a mail is asked for, and its link sets a new one. */
export const passwordReset = Router();

const Address = z.object({ email: rules.email });

passwordReset.get('/password-reset', withToken, async (req, res) => {
  if (req.query.token === undefined) return showQuestion(req, res);
  const link = await linkOf(req);
  if (!link) return linkIsOver(res, '/password-reset');
  showForm(req, res, link);
});

passwordReset.post('/password-reset', async (req, res) => {
  const { data: form, errors } = checkForm(Address, req.body);
  if (!form) return showQuestion(req, res.status(422), errors);
  await countTry(req, 'resetMail');
  await askForReset(form.email, words(res).language);
  res.redirect(303, '/password-reset?done=mailed');
});

passwordReset.post('/password-reset/new', withToken, async (req, res) => {
  const link = await linkOf(req);
  if (!link) return linkIsOver(res, '/password-reset');
  const { data: form, errors } = checkForm(newPasswordFor(link.email), req.body);
  if (!form) return showForm(req, res.status(422), link, errors);
  await enter(req, res, await resetPassword(link, form.password), 'reset');
});

passwordReset.get('/password-reset/new', (_req, res) => res.redirect(303, '/password-reset'));

const linkOf = (req: Request) => AccountLink.find(tokenOf(req), ['reset_password']);

const newPasswordFor = (email: string) =>
  z.object({
    password: newPassword.refine((password) => !isAddress(password, email), 'errors.password.address'),
  });

function showQuestion(req: Request, res: Response, errors: FieldErrors = {}) {
  const title = words(res).t('account.resetTitle');
  const typed = typedValues(req.body, ['email']);
  res.render('account/password_reset', { title, typed, errors, done: doneOf(req), noindex: true });
}

function showForm(req: Request, res: Response, link: AccountLink, errors: FieldErrors = {}) {
  const title = words(res).t('account.newPasswordTitle');
  res.render('account/new_password', {
    title,
    token: tokenOf(req),
    email: link.email,
    errors,
    noindex: true,
  });
}
