import type { NextFunction, Request, Response } from 'express';
import multer from 'multer';
import { ShopError } from '../errors.js';

export const HEAVIEST_LIST = 8 * 1024 * 1024;

const parse = multer({
  storage: multer.memoryStorage(),
  limits: {
    files: 1,
    fileSize: HEAVIEST_LIST,
    fields: 5,
    parts: 6,
    fieldSize: 1024,
    fieldNameSize: 40,
    fieldNestingDepth: 0,
    headerPairs: 20,
  },
}).single('list');

/**
 * Reads a form with a price list into memory: mounted behind everything that can turn somebody away. A list that is too
 * heavy is refused with status 413, a damaged form with 400; for the form to say so, it is kept in `listRefused`.
 */
export function priceListUpload(req: Request, res: Response, next: NextFunction) {
  parse(req, res, (error: unknown) => {
    const { code } = (error ?? {}) as { code?: string };
    if (!error) return next();
    if (code !== 'LIMIT_FILE_SIZE') return next(new ShopError(400, 'errors.badRequest'));
    req.listRefused = new ShopError(413, 'errors.plans.list.heavy');
    next();
  });
}
