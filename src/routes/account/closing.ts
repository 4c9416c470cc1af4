import { Router, type Request, type Response } from 'express';
import { closeAccount } from '../../accounts/close-account.js';
import { endSession } from '../../middleware/log-in.js';
import { loggedIn } from '../../middleware/logged-in.js';
import { words } from '../../middleware/words.js';
import type { FieldErrors } from '../form.js';
import { wrongPassword } from './own-password.js';

/** The end of an account: a page that says what happens, and the password as the last word. */
export const accountClosing = Router();

accountClosing.get('/account/closing', loggedIn, (req, res) => {
  showForm(req, res);
});

accountClosing.post('/account/closing', loggedIn, async (req, res) => {
  const wrong = await wrongPassword(req, 'password');
  if (wrong) return showForm(req, res.status(422), wrong);
  await closeAccount(req.user!);
  await endSession(req);
  res.redirect(303, '/login?done=closed');
});

function showForm(req: Request, res: Response, errors: FieldErrors = {}) {
  const title = words(res).t('account.closeTitle');
  res.render('account/closing', { title, email: req.user!.email, errors, noindex: true });
}
