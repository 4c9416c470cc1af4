import { forUpdate, isDuplicate, tx } from '../database.js';
import { NotFound, RuleBroken, ShopError } from '../errors.js';
import { hashOf } from '../lib/ids.js';
import { AuditLog, Coupon, type User } from '../models/index.js';

/** What staff says of a coupon; how often it was used is counted elsewhere. */
export const WRITTEN = [
  'code',
  'type',
  'discountBasisPoints',
  'discountValueMinor',
  'currency',
  'minPurchaseAmountMinor',
  'maxDiscountAmountMinor',
  'usageLimit',
  'userUsageLimit',
  'applicableProducts',
  'applicableCountries',
  'isActive',
  'validFrom',
  'validUntil',
  'description',
] as const;
export type CouponValues = Pick<Coupon, (typeof WRITTEN)[number]>;

/** Throws NotFound. */
export const findCoupon = (id: string) => Coupon.findOne({ where: { id }, rejectOnEmpty: new NotFound() });

/** Throws RuleBroken with the field that is wrong. */
export async function createCoupon(values: CouponValues, staff: User): Promise<Coupon> {
  return orCodeTaken(() =>
    tx(async () => {
      const coupon = await Coupon.create(values);
      await AuditLog.record(staff, 'create', coupon, null, { ...values });
      return coupon;
    }),
  );
}

/** What an editor had before them, in short; how often it was used moves by itself. */
export const readingOf = (coupon: Coupon) =>
  hashOf(JSON.stringify(WRITTEN.map((column) => coupon.get(column)))).slice(0, 16);

/**
 * What was sold with it keeps its discount. Throws NotFound, with status 409 when the coupon is not what `seen` (of
 * `readingOf`) says any more, or RuleBroken with the field that is wrong.
 */
export const editCoupon = (id: string, seen: string, values: CouponValues, staff: User): Promise<void> =>
  changeCoupon(id, staff, (coupon) => {
    if (readingOf(coupon) !== seen) throw new ShopError(409, 'errors.coupon.changed');
    coupon.set(values);
    // Their fields are empty for none as for all, and none must not become all.
    for (const scope of ['applicableProducts', 'applicableCountries'] as const)
      if (values[scope] === null && coupon.previous(scope)?.length === 0) coupon.set(scope, []);
  });

/** Throws NotFound. */
export const switchCoupon = (id: string, isActive: boolean, staff: User): Promise<void> =>
  changeCoupon(id, staff, (coupon) => coupon.set({ isActive }));

async function changeCoupon(id: string, staff: User, change: (coupon: Coupon) => unknown): Promise<void> {
  await orCodeTaken(() =>
    tx(async () => {
      const coupon = await Coupon.findOne({ where: { id }, ...forUpdate, rejectOnEmpty: new NotFound() });
      change(coupon);
      const changed = WRITTEN.filter((column) => coupon.changed(column));
      if (changed.length === 0) return;
      const before = Object.fromEntries(changed.map((column) => [column, coupon.previous(column)]));
      await coupon.save();
      const after = Object.fromEntries(changed.map((column) => [column, coupon.get(column)]));
      await AuditLog.record(staff, 'update', coupon, before, after);
    }),
  );
}

/** Two who take the same code at once: the database refuses the later one. */
async function orCodeTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDuplicate(error, 'coupons', 'code')) throw new RuleBroken('errors.coupon.codeTaken', {}, 'code');
    throw error;
  }
}
