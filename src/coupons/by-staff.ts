import { forUpdate, isDuplicate, tx } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
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

/** What was sold with it keeps its discount. Throws NotFound, or RuleBroken with the field that is wrong. */
export async function changeCoupon(id: string, values: Partial<CouponValues>, staff: User): Promise<void> {
  await orCodeTaken(() =>
    tx(async () => {
      const coupon = await Coupon.findOne({ where: { id }, ...forUpdate, rejectOnEmpty: new NotFound() });
      coupon.set(values);
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
