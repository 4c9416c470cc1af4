import type { NextFunction, Request, Response } from 'express';
import { NotFound } from '../errors.js';

/** The one guard of the back office: staff pass, visitors log in, customers find nothing there. */
export function staffOnly(req: Request, res: Response, next: NextFunction) {
  if (req.user?.isStaff()) return next();
  if (req.user) throw new NotFound();
  res.redirect(303, `/login?next=${encodeURIComponent(req.originalUrl)}`);
}
