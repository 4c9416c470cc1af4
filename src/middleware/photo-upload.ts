import type { NextFunction, Request, Response } from 'express';
import multer from 'multer';
import { RuleBroken, ShopError } from '../errors.js';
import { MOST_PHOTOS } from '../reviews/photo-files.js';

const MEGABYTE = 1024 * 1024;
const FIELDS = 10;

const parse = multer({
  storage: multer.memoryStorage(),
  limits: {
    files: MOST_PHOTOS,
    fileSize: 5 * MEGABYTE,
    fields: FIELDS,
    parts: FIELDS + MOST_PHOTOS,
    fieldSize: 32 * 1024,
    fieldNameSize: 40,
    fieldNestingDepth: 0,
    headerPairs: 20,
  },
}).array('photos', MOST_PHOTOS);

/**
 * Reads a form with photos into memory: mounted on single routes, behind everything that can turn a visitor away.
 * Damaged forms are refused with status 400; too many or too heavy photos are noted, for the form to say so.
 */
export function photoUpload<Params>(req: Request<Params>, res: Response, next: NextFunction) {
  parse(req as Request, res, (error: unknown) => {
    const refusal = error ? refusalOf(error) : undefined;
    if (refusal && refusal.status === 400) return next(refusal);
    if (refusal) req.photosRefused = refusal;
    next();
  });
}

export const photosOf = ({ files }: Pick<Request, 'files'>): Buffer[] =>
  Array.isArray(files) ? files.map(({ buffer }) => buffer) : [];

function refusalOf(error: unknown): ShopError {
  const { code, field } = error as { code?: string; field?: string };
  if (code === 'LIMIT_FILE_SIZE') return new ShopError(413, 'errors.review.photoHeavy');
  if (code === 'LIMIT_FILE_COUNT' || (code === 'LIMIT_UNEXPECTED_FILE' && field === 'photos'))
    return new RuleBroken('errors.review.photosTooMany', {}, 'photos');
  return new ShopError(400, 'errors.badRequest');
}
