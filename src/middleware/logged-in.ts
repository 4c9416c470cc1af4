import type { NextFunction, Request, Response } from 'express';

/** Pages of an account: whoever has not logged in does so first, and comes back. */
export function loggedIn<Params>(req: Request<Params>, res: Response, next: NextFunction) {
  if (req.user) return next();
  res.redirect(303, `/login?next=${encodeURIComponent(req.originalUrl)}`);
}
