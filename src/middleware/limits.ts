import { isIPv6 } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import { ShopError } from '../errors.js';
import { DAY, HOUR, MINUTE } from '../lib/clock.js';
import { hashOf } from '../lib/ids.js';
import { RateLimit } from '../models/index.js';
import { canonicalEmail } from '../models/rules.js';

type Counted = (req: Request) => string;

/** The address in the form, whether somebody has an account with it or not. */
const address: Counted = (req) => {
  const { email } = (req.body ?? {}) as Record<string, unknown>;
  return typeof email === 'string' ? canonicalEmail(email.slice(0, 254)) : '';
};
const network: Counted = (req) => networkOf(req.ip ?? '');
const addressFromNetwork: Counted = (req) => `${network(req)} ${address(req)}`;
/** An account, a browser with a cart, or a machine. */
const visitor: Counted = (req) => req.user?.id ?? req.session.guestKey ?? network(req);
/** Whose password was right a moment ago. */
const halfLoggedIn: Counted = (req) => req.session.halfLoggedIn?.id ?? '';
const order: Counted = (req) => String(req.params.order_id);

const per = (by: Counted, most: number, withinMs: number) => ({ by, most, withinMs });

/** How often what may be tried. What sends a mail is counted by its address too, so that nobody's mailbox is filled. */
const LIMITS = {
  /** From everywhere together it takes fifty, so that nobody can lock another out by a few wrong passwords. */
  logIn: [
    per(network, 20, 15 * MINUTE),
    per(addressFromNetwork, 5, 15 * MINUTE),
    per(address, 50, 15 * MINUTE),
  ],
  /** Three codes of a million are right at any moment: whoever has the password guesses for years. */
  logInCode: [per(network, 20, 15 * MINUTE), per(halfLoggedIn, 5, 15 * MINUTE), per(halfLoggedIn, 50, DAY)],
  register: [per(network, 10, HOUR), per(address, 3, HOUR)],
  confirmationMail: [per(network, 10, HOUR), per(address, 3, HOUR)],
  confirm: [per(network, 20, 15 * MINUTE)],
  resetMail: [per(network, 10, HOUR), per(address, 3, HOUR)],
  ownPassword: [per(visitor, 10, 15 * MINUTE)],
  ownCode: [per(visitor, 5, 15 * MINUTE), per(visitor, 50, DAY)],
  changeEmail: [per(visitor, 5, HOUR), per(address, 3, HOUR)],
  coupon: [per(visitor, 10, HOUR), per(network, 30, HOUR)],
  orderLookup: [per(network, 20, HOUR), per(address, 3, HOUR)],
  orderMail: [per(order, 3, HOUR), per(network, 20, HOUR)],
  orderAddress: [per(order, 3, HOUR), per(address, 3, HOUR), per(network, 10, HOUR)],
  /** Of wrong links alone: a right one always opens. */
  orderLink: [per(network, 30, HOUR)],
  download: [per(visitor, 10, HOUR)],
  contact: [per(network, 10, HOUR), per(address, 5, HOUR)],
  review: [per(visitor, 10, HOUR), per(network, 20, HOUR)],
} as const;

export type LimitName = keyof typeof LIMITS;

/** Counts a try; throws with status 429 when there were too many. */
export async function countTry(req: Request, name: LimitName) {
  const waitMs = await RateLimit.take(allowances(req, name));
  if (waitMs === 0) return;
  req.res?.set('Retry-After', String(Math.ceil(waitMs / 1000)));
  throw new ShopError(429, 'errors.tooMany', { count: Math.ceil(waitMs / MINUTE) });
}

/** The same in front of a route. */
export const limited =
  (name: LimitName) =>
  async (req: Request, _res: Response, next: NextFunction): Promise<void> => {
    await countTry(req, name);
    next();
  };

/** After a try that was right, where only wrong ones count. */
export const forgiveTry = (req: Request, name: LimitName) =>
  RateLimit.giveBack(allowances(req, name).map(({ key }) => key));

const allowances = (req: Request, name: LimitName) =>
  LIMITS[name].map(({ by, most, withinMs }, index) => ({
    key: hashOf(`${name} ${index} ${by(req)}`),
    most,
    withinMs,
  }));

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
