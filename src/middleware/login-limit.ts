import type { NextFunction, Request, Response } from 'express';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { ShopError } from '../errors.js';
import { canonicalEmail } from '../models/rules.js';

const QUARTER_HOUR_S = 900;
const perAccount = new RateLimiterMemory({ points: 5, duration: QUARTER_HOUR_S });
const perAddress = new RateLimiterMemory({ points: 20, duration: QUARTER_HOUR_S });

/** Five tries a quarter of an hour for an account from one address, twenty for an address. */
export async function loginLimit(req: Request, res: Response, next: NextFunction) {
  const { email } = (req.body ?? {}) as Record<string, unknown>;
  const account = typeof email === 'string' ? canonicalEmail(email.slice(0, 254)) : '';
  try {
    await perAddress.consume(`${req.ip}`);
    await perAccount.consume(`${req.ip} ${account}`);
  } catch (error) {
    if (error instanceof Error) throw error;
    res.set('Retry-After', String(Math.ceil((error as RateLimiterRes).msBeforeNext / 1000)));
    throw new ShopError(429, 'errors.tooMany');
  }
  next();
}
