import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { CONFIRMING, confirmAddress } from '../../accounts/confirm-address.js';
import { passwordFits } from '../../accounts/password.js';
import { isAddress, newPassword } from '../../accounts/password-rules.js';
import { register, sendConfirmationAgain } from '../../accounts/register.js';
import { countTry, forgiveTry } from '../../middleware/limits.js';
import { words } from '../../middleware/words.js';
import { AccountLink } from '../../models/index.js';
import { rules } from '../../models/rules.js';
import { checkForm, optional, sent, typedValues, type FieldErrors } from '../form.js';
import { doneOf } from './done.js';
import { enter, linkIsOver, tokenOf, withToken } from './links.js';

/** Opening an account, and showing that an e-mail address is one's own. */
export const registration = Router();

const Registration = z
  .object({ email: rules.email, name: optional(rules.personName), password: newPassword })
  .refine(({ email, password }) => !isAddress(password, email), {
    path: ['password'],
    error: 'errors.password.address',
  });
const Address = z.object({ email: rules.email });

registration.get('/register', (req, res) => {
  if (req.user) return res.redirect(303, '/account');
  showRegistration(req, res);
});

registration.post('/register', async (req, res) => {
  const { data: form, errors } = checkForm(Registration, req.body);
  if (!form) return showRegistration(req, res.status(422), errors);
  await countTry(req, 'register');
  const language = words(res).language;
  await register({ ...form, name: form.name ?? null, language });
  res.redirect(303, '/verify-email?done=mailed');
});

registration.get('/verify-email', withToken, async (req, res) => {
  if (req.query.token === undefined) return showMailed(req, res);
  const link = await AccountLink.find(tokenOf(req), CONFIRMING);
  if (!link) return linkIsOver(res, '/verify-email');
  showConfirmation(req, res, link);
});

/** A scanner of mails opens links but fills in no form; and a stranger who entered this address does not know its mailbox. */
registration.post('/verify-email', withToken, async (req, res) => {
  const link = await AccountLink.find(tokenOf(req), CONFIRMING);
  if (!link) return linkIsOver(res, '/verify-email');
  if (!isOwn(req, link)) {
    await countTry(req, 'confirm');
    if (!(await passwordFits(link.user!.passwordHash, sent(req.body, 'password'))))
      return showConfirmation(req, res.status(422), link, { password: 'errors.password.notThis' });
    await forgiveTry(req, 'confirm');
  }
  const user = await confirmAddress(link);
  const done = link.purpose === 'change_email' ? 'email' : 'confirmed';
  if (isOwn(req, link)) return res.redirect(303, `/account?done=${done}`);
  await enter(req, res, user, done);
});

registration.post('/verify-email/mail', async (req, res) => {
  const { data: form, errors } = checkForm(Address, req.body);
  if (!form) return showMailed(req, res.status(422), errors);
  await countTry(req, 'confirmationMail');
  await sendConfirmationAgain(form.email, words(res).language);
  res.redirect(303, '/verify-email?done=mailed');
});

registration.get('/verify-email/mail', (_req, res) => res.redirect(303, '/verify-email'));

const isOwn = (req: Request, link: AccountLink) => req.user?.id === link.userId;

function showRegistration(req: Request, res: Response, errors: FieldErrors = {}) {
  const typed = typedValues(req.body, ['email', 'name']);
  res.render('account/register', { title: words(res).t('account.register'), typed, errors });
}

/** After registering, and for whoever found no mail. */
function showMailed(req: Request, res: Response, errors: FieldErrors = {}) {
  const title = words(res).t('account.confirmTitle');
  const typed = typedValues(req.body, ['email']);
  res.render('account/mailed', { title, typed, errors, done: doneOf(req), noindex: true });
}

function showConfirmation(req: Request, res: Response, link: AccountLink, errors: FieldErrors = {}) {
  res.render('account/confirm', {
    title: words(res).t('account.confirmTitle'),
    email: link.email,
    token: tokenOf(req),
    own: isOwn(req, link),
    errors,
    noindex: true,
  });
}
