import type { NextFunction, Request, Response } from 'express';
import { MINUTE, clock } from '../lib/clock.js';
import { writeDown } from './staff-only.js';

const CONFIRMED_FOR = 10 * MINUTE;

/**
 * For what a browser that was left open must not do: whoever has not given password and code within ten minutes does so
 * at `/admin/confirm` first. A form that was sent changes nothing, stands in the books as refused, and leads back to the
 * page of the same address, where it can be sent again.
 */
export const recentlyConfirmed = confirmedFor((req) => req.originalUrl);

/** The same for a form without a page at its address: afterwards it leads to `page`. */
export function confirmedFor(page: (req: Request) => string) {
  return async (req: Request, res: Response, next: NextFunction) => {
    if (clock.now() - (req.session.confirmedAt ?? 0) < CONFIRMED_FOR) return next();
    const reads = req.method === 'GET' || req.method === 'HEAD';
    if (!reads) await writeDown(req, 303);
    const after = new URLSearchParams({ next: page(req), ...(!reads && { stopped: '1' }) });
    res.redirect(303, `/admin/confirm?${after.toString()}`);
  };
}
