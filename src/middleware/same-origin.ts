import type { NextFunction, Request, Response } from 'express';
import { ShopError } from '../errors.js';
import { settings } from '../settings.js';

const READS = new Set(['GET', 'HEAD']);
const KNOWN = new Set([...READS, 'POST']);

/**
 * Cross-site request forgery: a write is taken only from our own pages. Browsers say where a request comes from in
 * Sec-Fetch-Site (https and localhost) or in Origin; a request that says neither is refused. No token in forms, so that
 * pages of anonymous visitors stay the same for everybody.
 */
export function sameOriginOnly(req: Request, _res: Response, next: NextFunction) {
  if (!KNOWN.has(req.method)) return next(new ShopError(405, 'errors.methodNotAllowed'));
  if (READS.has(req.method) || isOurs(req)) return next();
  next(new ShopError(403, 'errors.crossSite'));
}

function isOurs(req: Request) {
  const site = req.get('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin';
  return req.get('Origin') === settings.publicUrl;
}
