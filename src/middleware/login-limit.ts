import { isIPv6 } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { ShopError } from '../errors.js';
import { canonicalEmail } from '../models/rules.js';

const QUARTER_HOUR_S = 900;
const limiter = (points: number) => new RateLimiterMemory({ points, duration: QUARTER_HOUR_S });
const perAddress = limiter(20);
const perAccountAndAddress = limiter(5);
/** From everywhere together: high enough that nobody can lock another out by a few wrong passwords. */
const perAccount = limiter(50);

/** Five tries a quarter of an hour for an account from one address, twenty for an address, fifty for an account. */
export async function loginLimit(req: Request, res: Response, next: NextFunction) {
  const { email } = (req.body ?? {}) as Record<string, unknown>;
  const account = typeof email === 'string' ? canonicalEmail(email.slice(0, 254)) : '';
  try {
    const address = networkOf(req.ip ?? '');
    await perAddress.consume(address);
    await perAccountAndAddress.consume(`${address} ${account}`);
    await perAccount.consume(account);
  } catch (error) {
    if (error instanceof Error) throw error;
    res.set('Retry-After', String(Math.ceil((error as RateLimiterRes).msBeforeNext / 1000)));
    throw new ShopError(429, 'errors.tooMany');
  }
  next();
}

/** An IPv6 customer has a whole /64 of addresses; an IPv4 one may arrive written as IPv6. */
function networkOf(ip: string) {
  if (!isIPv6(ip) || ip.startsWith('::ffff:')) return ip;
  const [head = '', tail = ''] = ip.split('::');
  const groups = head.split(':').filter(Boolean);
  const missing = 8 - groups.length - tail.split(':').filter(Boolean).length;
  return [...groups, ...Array<string>(ip.includes('::') ? missing : 0).fill('0'), ...tail.split(':')]
    .slice(0, 4)
    .join(':');
}
