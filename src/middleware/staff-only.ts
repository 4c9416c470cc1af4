import type { NextFunction, Request, Response } from 'express';
import { NotFound, ShopError } from '../errors.js';
import { HOUR, clock } from '../lib/clock.js';

const STAFF_LOG_IN_LASTS = 12 * HOUR;

/** The one guard of the back office: staff pass, for twelve hours; visitors log in; customers find nothing there. */
export function staffOnly(req: Request, res: Response, next: NextFunction) {
  const fresh = clock.now() - (req.session.loggedInAt ?? 0) < STAFF_LOG_IN_LASTS;
  if (req.user?.isStaff() && fresh) return next();
  if (req.user && !req.user.isStaff()) throw new NotFound();
  res.redirect(303, `/login?next=${encodeURIComponent(req.originalUrl)}`);
}

/** For what support may look at and not do. Throws ShopError with status 403. */
export function adminsOnly(req: Request, _res: Response, next: NextFunction) {
  next(req.user?.role === 'admin' ? undefined : new ShopError(403, 'errors.adminsOnly'));
}
