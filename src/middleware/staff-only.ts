import type { NextFunction, Request, Response } from 'express';
import { NotFound, ShopError } from '../errors.js';
import { HOUR, clock } from '../lib/clock.js';
import { AuditLog } from '../models/index.js';

const STAFF_LOG_IN_LASTS = 12 * HOUR;

/** The one guard of the back office: staff pass, for twelve hours; visitors log in; customers find nothing there. */
export function staffOnly(req: Request, res: Response, next: NextFunction) {
  const fresh = clock.now() - (req.session.loggedInAt ?? 0) < STAFF_LOG_IN_LASTS;
  if (req.user?.isStaff() && fresh) return AuditLog.comingFrom.run(req.ip, next);
  if (req.user && !req.user.isStaff()) throw new NotFound();
  res.redirect(303, `/login?next=${encodeURIComponent(req.originalUrl)}`);
}

/** For what support may look at and not do. Throws ShopError with status 403. */
export function adminsOnly(req: Request, _res: Response, next: NextFunction) {
  next(req.user?.role === 'admin' ? undefined : new ShopError(403, 'errors.adminsOnly'));
}

/** What staff tried and was refused stands in the books, beside what they did, before they are told. */
export function auditRefusals(req: Request, res: Response, next: NextFunction) {
  if (req.method === 'GET' || req.method === 'HEAD') return next();
  const end = res.end.bind(res) as (...content: unknown[]) => Response;
  res.end = ((...content: unknown[]) => {
    if (res.statusCode < 400) return end(...content);
    writeDown(req, res.statusCode).then(
      () => end(...content),
      (err: unknown) => {
        req.log.error({ err }, 'a refusal was not written down');
        end(...content);
      },
    );
    return res;
  }) as typeof res.end;
  next();
}

/** A refusal, with the status that it was answered with. */
export const writeDown = (req: Request, status: number) =>
  AuditLog.create({
    actorId: req.user!.id,
    action: 'refused',
    entity: 'requests',
    entityId: req.originalUrl.split('?')[0]!.slice(0, 200),
    after: { method: req.method, status } as object,
    ipAddress: req.ip ?? null,
  });
