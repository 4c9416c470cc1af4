import type { NextFunction, Request, Response } from 'express';
import { settings } from '../settings.js';

const OPEN_WITHOUT = /^\/(two-step|confirm)(\/|$)/;

/**
 * Staff without a second step: where real customers buy, the back office is closed to them until they have one;
 * elsewhere every page says so.
 */
export function twoStepFirst(req: Request, res: Response, next: NextFunction) {
  const without = !req.user!.hasTwoStep();
  res.locals.withoutTwoStep = without;
  if (without && settings.production && !OPEN_WITHOUT.test(req.path))
    return res.redirect(303, '/admin/two-step');
  next();
}
