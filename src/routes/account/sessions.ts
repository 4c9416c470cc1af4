import { Router, type NextFunction, type Request, type Response } from 'express';
import passport from 'passport';
import '../../accounts/log-in.js';
import { clock } from '../../lib/clock.js';
import { loginLimit } from '../../middleware/login-limit.js';
import type { User } from '../../models/index.js';

export const accountSessions = Router();

accountSessions.get('/login', (req, res) => {
  res.render('account/login', { email: '', refused: false, next: safePath(req.query.next) ?? '' });
});

accountSessions.post('/login', loginLimit, (req, res, next) => {
  const answer = (error: unknown, user?: User | false) => {
    if (error) return next(error);
    if (!user) return refuse(req, res);
    // passport gives the session a new id.
    req.logIn(user, { session: true, keepSessionInfo: true }, (failure: unknown) => {
      if (failure) return next(failure);
      req.session.loggedInAt = clock.now();
      res.redirect(303, safePath(body(req).next) ?? home(user));
    });
  };
  (passport.authenticate('local', answer) as (req: Request, res: Response, next: NextFunction) => void)(
    req,
    res,
    next,
  );
});

accountSessions.post('/logout', (req, res, next) => {
  req.logout((error: unknown) => {
    if (error) return next(error);
    req.session.destroy((failure: unknown) => (failure ? next(failure) : res.redirect(303, '/')));
  });
});

function refuse(req: Request, res: Response) {
  const { email, next } = body(req);
  const typed = typeof email === 'string' ? email.slice(0, 254) : '';
  res.status(422).render('account/login', { email: typed, refused: true, next: safePath(next) ?? '' });
}

const body = (req: Request) => (req.body ?? {}) as Record<string, unknown>;

const home = (user: User) => (user.isStaff() ? '/admin' : '/');

/** A path of this shop, never another site. */
function safePath(next: unknown): string | null {
  return typeof next === 'string' && /^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(next) && !next.includes('\\')
    ? next
    : null;
}
