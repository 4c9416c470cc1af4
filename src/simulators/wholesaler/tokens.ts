import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import { DAY, clock } from '../../lib/clock.js';

/** Bearer tokens, good for a day. */
export class Tokens {
  private readonly expiries = new Map<string, number>();

  issue(prefix = '') {
    const token = `${prefix}${randomBytes(24).toString('base64url')}`;
    this.expiries.set(token, clock.now() + DAY);
    return token;
  }

  accepts(req: Request) {
    return clock.now() < (this.expiries.get(bearerOf(req)) ?? 0);
  }

  revoke(req: Request) {
    return this.expiries.delete(bearerOf(req));
  }
}

export const bearerOf = (req: Request) => /^Bearer (.+)$/i.exec(req.get('authorization') ?? '')?.[1] ?? '';
