import { Router, type Request, type Response } from 'express';
import { passesTwoStep } from '../../accounts/two-step.js';
import { countTry, forgiveTry } from '../../middleware/limits.js';
import { logInAs, whoIsHalfLoggedIn } from '../../middleware/log-in.js';
import { words } from '../../middleware/words.js';
import { sent } from '../form.js';
import { safePath } from './safe-path.js';

/** The second page of logging in, for whoever has a second step: a code of the app, or a recovery code. */
export const logInCode = Router();

logInCode.get('/login/code', async (req, res) => {
  if (!(await whoIsHalfLoggedIn(req))) return startAgain(req, res);
  showForm(req, res);
});

logInCode.post('/login/code', async (req, res) => {
  const user = await whoIsHalfLoggedIn(req);
  if (!user) return startAgain(req, res);
  await countTry(req, 'logInCode');
  if (!(await passesTwoStep(user, sent(req.body, 'code')))) return showForm(req, res.status(422), true);
  await forgiveTry(req, 'logInCode');
  await logInAs(req, user);
  res.redirect(303, nextIn(req) ?? (user.isStaff() ? '/admin' : '/account'));
});

const nextIn = (req: Request) => safePath(sent(req.body, 'next') || sent(req.query, 'next'));

function startAgain(req: Request, res: Response) {
  const next = nextIn(req);
  res.redirect(303, next ? `/login?next=${encodeURIComponent(next)}` : '/login');
}

function showForm(req: Request, res: Response, refused = false) {
  const title = words(res).t('account.codeTitle');
  res.render('account/login_code', { title, refused, next: nextIn(req) ?? '', noindex: true });
}
