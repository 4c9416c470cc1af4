import type { NextFunction, Request, Response } from 'express';
import { ConnectionError, TimeoutError } from 'sequelize';
import { ZodError } from 'zod';
import { NotFound, ShopError, Unavailable } from '../errors.js';
import { translator } from '../lib/i18n.js';
import { assetUrl } from './assets.js';
import { wantsFragment } from './page-values.js';

export const notFound = () => {
  throw new NotFound();
};

/** The one place that answers errors: a refusal with its own status and sentence, anything else logged and 500. */
export function answerErrors(error: unknown, req: Request, res: Response, next: NextFunction) {
  if (res.headersSent) return next(error);
  const refusal = asRefusal(error);
  if (refusal.status >= 500) req.log.error({ err: error }, 'request failed');
  if (refusal.status === 503) res.set('Retry-After', '10');
  res.set('Cache-Control', 'no-store').status(refusal.status);
  // An error before the page values were set still gets a whole page.
  Object.assign(res.locals, {
    t: translator('en'),
    language: 'en',
    asset: assetUrl,
    cartCount: 0,
    path: req.path,
    ...res.locals,
  });
  const values = { refusal, requestId: req.id };
  if (wantsFragment(req, res)) {
    res.set({ 'HX-Retarget': '#notice', 'HX-Reswap': 'innerHTML' }).render('errors/_notice', values);
  } else {
    res.render('errors/show', values);
  }
}

function asRefusal(error: unknown): ShopError {
  if (error instanceof ShopError) return error;
  if (error instanceof TimeoutError || error instanceof ConnectionError)
    return new Unavailable('errors.busy');
  if (error instanceof ZodError) return new ShopError(400, 'errors.badRequest');
  // What express and its body parsers throw: URIError, malformed or too large bodies.
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 413) return new ShopError(413, 'errors.tooLarge');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new ShopError(status, 'errors.badRequest');
  return new ShopError(500, 'errors.unexpected');
}
