import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { isAddress, newPassword } from '../../accounts/password-rules.js';
import { changePassword } from '../../accounts/passwords.js';
import { logInAs } from '../../middleware/log-in.js';
import { loggedIn } from '../../middleware/logged-in.js';
import { words } from '../../middleware/words.js';
import { checkForm, type FieldErrors } from '../form.js';
import { wrongPassword } from './own-password.js';

/** Another password: every session ends, and this browser begins a new one. */
export const accountPassword = Router();

accountPassword.get('/account/password', loggedIn, (req, res) => {
  showForm(req, res);
});

accountPassword.post('/account/password', loggedIn, async (req, res) => {
  const { data: form, errors } = checkForm(passwordFor(req.user!.email), req.body);
  if (!form) return showForm(req, res.status(422), errors);
  const wrong = await wrongPassword(req, 'old_password');
  if (wrong) return showForm(req, res.status(422), wrong);
  await logInAs(req, await changePassword(req.user!, form.new_password));
  res.redirect(303, '/account?done=password');
});

const passwordFor = (email: string) =>
  z.object({
    new_password: newPassword.refine((password) => !isAddress(password, email), 'errors.password.address'),
  });

function showForm(req: Request, res: Response, errors: FieldErrors = {}) {
  const title = words(res).t('account.passwordTitle');
  res.render('account/password', { title, email: req.user!.email, errors, noindex: true });
}
