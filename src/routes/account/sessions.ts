import { Router, type Request, type Response } from 'express';
import passport from 'passport';
import '../../accounts/log-in.js';
import { logOutEverywhere } from '../../accounts/end-sessions.js';
import { forgiveTry, limited } from '../../middleware/limits.js';
import { endSession, logInAs, logInHalf } from '../../middleware/log-in.js';
import { loggedIn } from '../../middleware/logged-in.js';
import { words } from '../../middleware/words.js';
import type { User } from '../../models/index.js';
import { typedValues } from '../form.js';
import { doneOf } from './done.js';
import { safePath } from './safe-path.js';

export const accountSessions = Router();

accountSessions.get('/login', (req, res) => {
  showForm(req, res, { next: req.query.next, done: doneOf(req) });
});

accountSessions.post('/login', limited('logIn'), async (req, res) => {
  const user = await whoIs(req, res);
  const { next } = typedValues(req.body, ['next']);
  if (!user) return showForm(req, res.status(422), { next, refused: true });
  await forgiveTry(req, 'logIn');
  if (user.hasTwoStep()) {
    await logInHalf(req, user);
    return res.redirect(303, `/login/code?next=${encodeURIComponent(safePath(next) ?? '')}`);
  }
  await logInAs(req, user);
  res.redirect(303, safePath(next) ?? (user.isStaff() ? '/admin' : '/account'));
});

accountSessions.post('/logout', async (req, res) => {
  await endSession(req);
  res.redirect(303, '/');
});

accountSessions.get('/logout', (_req, res) => res.redirect(303, '/account'));

accountSessions.post('/account/sessions/end', loggedIn, async (req, res) => {
  await logOutEverywhere(req.user!.id);
  await endSession(req);
  res.redirect(303, '/login?done=everywhere');
});

accountSessions.get('/account/sessions/end', (_req, res) => res.redirect(303, '/account'));

/** passport asks its strategy; null when nobody fits. */
const whoIs = (req: Request, res: Response) =>
  new Promise<User | null>((resolve, reject) => {
    const answer = (error: unknown, user?: User | false) => (error ? reject(error) : resolve(user || null));
    (passport.authenticate('local', answer) as (req: Request, res: Response) => void)(req, res);
  });

function showForm(
  req: Request,
  res: Response,
  { next, done = null, refused = false }: { next: unknown; done?: string | null; refused?: boolean },
) {
  const { email } = typedValues(req.body, ['email']);
  const title = words(res).t('account.logIn');
  res.render('account/login', { title, email, refused, done, next: safePath(next) ?? '', noindex: true });
}
