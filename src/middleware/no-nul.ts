import type { NextFunction, Request, Response } from 'express';
import { ShopError } from '../errors.js';

/** No text that people type holds a NUL; databases end a text there, or refuse it. */
export function noNul(req: Request, _res: Response, next: NextFunction) {
  const values = Object.values((req.body ?? {}) as Record<string, unknown>).flat();
  const found = req.url.includes('%00') || values.some((value) => String(value).includes('\0'));
  next(found ? new ShopError(400, 'errors.badRequest') : undefined);
}
