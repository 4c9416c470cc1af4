import { randomInt } from 'node:crypto';
import { isDuplicate, tx } from '../database.js';
import { RuleBroken } from '../errors.js';
import { newId } from '../lib/ids.js';
import { AuditLog, Coupon, type User } from '../models/index.js';
import type { CouponValues } from './by-staff.js';

export const MOST_CODES = 10_000;
/** Codes times plans: each code keeps its own list of them. */
const MOST_NAMES = 100_000;
export const LONGEST_PREFIX = 4;

/** Without what people mistake for each other: 0 and O, 1 and I. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 12;
/** One statement's worth; a hundred such take a second or two. */
const AT_ONCE = 200;
const TRIES = 3;

/**
 * Writes so many codes that work once each, all or none. After a prefix of four letters eight are left: a trillion, of
 * which ten thousand are right. `values` are checked as those of any coupon. Throws RuleBroken.
 */
export async function generateCodes(
  count: number,
  prefix: string,
  values: Omit<CouponValues, 'code' | 'usageLimit' | 'userUsageLimit'>,
  staff: User,
): Promise<void> {
  if (count * (values.applicableProducts?.length ?? 0) > MOST_NAMES)
    throw new RuleBroken('errors.coupon.manyPlans', {}, 'count');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tx(() => write(codes(count, prefix), prefix, values, staff));
    } catch (error) {
      // One of them exists: hardly ever, and then all are drawn anew.
      if (!isDuplicate(error, 'coupons', 'code') || attempt === TRIES) throw error;
    }
  }
}

async function write([first, ...others]: string[], prefix: string, values: object, staff: User) {
  const once = { ...(values as CouponValues), usageLimit: 1, userUsageLimit: 1 };
  // The first is asked every question; the others are like it but for the code, and the database asks again.
  const coupon = await Coupon.create({ ...once, code: first! });
  for (let from = 0; from < others.length; from += AT_ONCE)
    await Coupon.bulkCreate(
      others.slice(from, from + AT_ONCE).map((code) => ({ ...once, id: newId(), code })),
    );
  await AuditLog.record(staff, 'generate', coupon, null, { ...values, codes: 1 + others.length, prefix });
}

/** Each another one. */
function codes(count: number, prefix: string): string[] {
  const drawn = new Set<string>();
  while (drawn.size < count) {
    const left = LENGTH - prefix.length;
    drawn.add(prefix + Array.from({ length: left }, () => LETTERS[randomInt(LETTERS.length)]).join(''));
  }
  return [...drawn];
}
