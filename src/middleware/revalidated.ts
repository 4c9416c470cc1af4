import type { NextFunction, Request, Response } from 'express';

/** The number on the cart makes these pages one browser's own; it may keep them, but asks (by ETag) before it shows them. */
export function revalidated<Params>(_req: Request<Params>, res: Response, next: NextFunction) {
  res.set('Cache-Control', 'private, no-cache');
  next();
}
