import type { NextFunction, Request, Response } from 'express';
import { wishesOf } from '../wishlist/wishlist.js';

/** For pages with plans on them: which of them are saved already. For somebody without a session none, and nothing is asked. */
export async function wished<Params>(req: Request<Params>, res: Response, next: NextFunction) {
  res.locals.wished = await wishesOf(req as Request).planIds();
  next();
}
