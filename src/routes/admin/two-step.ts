import { Router, type Request, type Response } from 'express';
import { beginTwoStep, openSecret, renewRecoveryCodes, sealSecret } from '../../accounts/two-step.js';
import { appAddress, newSecret } from '../../accounts/two-step-codes.js';
import { qrDataUrl } from '../../esim/qr.js';
import { countTry, forgiveTry } from '../../middleware/limits.js';
import { logInAs } from '../../middleware/log-in.js';
import { recentlyConfirmed } from '../../middleware/recently-confirmed.js';
import { words } from '../../middleware/words.js';
import { RecoveryCode } from '../../models/index.js';
import { sent, type FieldErrors } from '../form.js';

/** One's own second step: set up with a phone's app, moved to another phone, and new recovery codes. */
export const adminTwoStep = Router();

adminTwoStep.get('/', async (req, res) => {
  const left = await RecoveryCode.left(req.user!.id);
  res.render('admin/two-step/show', { title: 'Two-step log-in', left, noindex: true });
});

adminTwoStep.get('/new', recentlyConfirmed, async (req, res) => {
  await showForm(req, res, secretIn(req) ?? newSecretIn(req));
});

adminTwoStep.post('/new', recentlyConfirmed, async (req, res) => {
  const secret = secretIn(req);
  if (!secret) return res.redirect(303, '/admin/two-step/new');
  await countTry(req, 'ownCode');
  const begun = await beginTwoStep(req.user!, secret, sent(req.body, 'code'));
  if (!begun) return showForm(req, res.status(422), secret, { code: 'errors.twoStep.wrong' });
  await forgiveTry(req, 'ownCode');
  // All sessions have ended, this one goes on under a new id.
  await logInAs(req, begun.user);
  res.locals.withoutTwoStep = false;
  showCodes(res, begun.codes);
});

adminTwoStep.get('/recovery-codes', recentlyConfirmed, (req, res) => {
  if (!req.user!.hasTwoStep()) return res.redirect(303, '/admin/two-step');
  res.render('admin/two-step/renew', { title: 'New recovery codes', noindex: true });
});

adminTwoStep.post('/recovery-codes', recentlyConfirmed, async (req, res) => {
  if (!req.user!.hasTwoStep()) return res.redirect(303, '/admin/two-step');
  showCodes(res, await renewRecoveryCodes(req.user!));
});

/** The one that is being set up in this browser. */
function secretIn(req: Request) {
  const sealed = req.session.newTwoStepSecret;
  return sealed === undefined ? null : openSecret(sealed, req.user!);
}

function newSecretIn(req: Request) {
  const secret = newSecret();
  req.session.newTwoStepSecret = sealSecret(secret, req.user!);
  return secret;
}

async function showForm(req: Request, res: Response, secret: string, errors: FieldErrors = {}) {
  const address = appAddress(secret, words(res).t('layout.name'), req.user!.email);
  res.render('admin/two-step/new', {
    title: 'Set up two-step log-in',
    qr: await qrDataUrl(address),
    secret: secret.replace(/.{4}(?=.)/g, '$& '),
    address,
    errors,
    noindex: true,
  });
}

/** On this page alone: only their hashes are kept, so there is no other to lead to. */
function showCodes(res: Response, codes: string[]) {
  res.render('admin/two-step/codes', { title: 'Your recovery codes', codes, noindex: true });
}
