import type { NextFunction, Request, Response } from 'express';
import { newId } from './objects.js';
import { Refusal, apiError, unauthorized } from './refusal.js';
import type { Till } from './till.js';
import { API_VERSION } from './webhooks.js';

/** The headers of every answer. */
export function label(req: Request, res: Response, next: NextFunction) {
  res.set('request-id', newId('req'));
  res.set('stripe-version', req.get('Stripe-Version') ?? API_VERSION);
  next();
}

export const requireKey = (till: Till) => (req: Request, _res: Response, next: NextFunction) => {
  const key = /^Bearer (.+)$/.exec(req.get('Authorization') ?? '')?.[1];
  if (!key) throw unauthorized('You did not provide an API key.');
  if (!isValid(key, till.secretKey)) throw unauthorized(`Invalid API Key provided: ${key.slice(0, 8)}****`);
  next();
};

export const refuseWhileDown = (till: Till) => (_req: Request, _res: Response, next: NextFunction) => {
  if (till.faults.strikes('down')) throw apiError(503, 'Stripe is down for a moment.');
  next();
};

export function unknownUrl(req: Request): never {
  const message = `Unrecognized request URL (${req.method}: ${req.originalUrl.split('?')[0]}).`;
  throw new Refusal(404, { type: 'invalid_request_error', message });
}

/** Express knows an error handler by its four parameters. */
export function answerRefusal(error: unknown, _req: Request, res: Response, next: NextFunction) {
  if (!(error instanceof Refusal)) return next(error);
  res.status(error.status).json({ error: error.error });
}

const isValid = (key: string, expected: string | undefined) =>
  expected ? key === expected : key.startsWith('sk_test_');
