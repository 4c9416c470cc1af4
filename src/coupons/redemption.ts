import { Op } from 'sequelize';
import { forUpdate } from '../database.js';
import { RuleBroken } from '../errors.js';
import { Coupon, CouponRedemption, type Purchase } from '../models/index.js';

/** The life of one use of a coupon: held when the purchase is placed, then used or released. All inside the caller's transaction. */

export const redeemerOf = (buyer: { userId: string | null; canonicalEmail: string }) =>
  buyer.userId ? `user:${buyer.userId}` : `email:${buyer.canonicalEmail}`;

/** Throws RuleBroken when the coupon, or this buyer's share of it, is used up. */
export async function holdCoupon(couponId: string, purchase: Purchase) {
  const coupon = await Coupon.findByPk(couponId, { rejectOnEmpty: true, ...forUpdate });
  if (coupon.usageLimit !== null && coupon.usageCount >= coupon.usageLimit) {
    throw new RuleBroken('errors.coupon.usedUp', {}, 'code');
  }
  const redeemer = redeemerOf(purchase);
  const slot = await freeSlot(coupon, redeemer);
  if (slot === null) throw new RuleBroken('errors.coupon.usedByYou', {}, 'code');
  await coupon.update({ usageCount: coupon.usageCount + 1 });
  await CouponRedemption.create({ couponId, purchaseId: purchase.id, redeemer, slot });
}

export async function useCoupon(purchase: Purchase) {
  const redemption = await heldBy(purchase);
  await redemption?.update({ state: 'used' });
}

/** Gives the use back, once, however often it is called. */
export async function releaseCoupon(purchase: Purchase) {
  const redemption = await heldBy(purchase);
  if (!redemption) return;
  await redemption.update({ state: 'released' });
  const coupon = await Coupon.findByPk(redemption.couponId, { rejectOnEmpty: true, ...forUpdate });
  await coupon.update({ usageCount: coupon.usageCount - 1 });
}

const heldBy = (purchase: Purchase) =>
  CouponRedemption.findOne({ where: { purchaseId: purchase.id, state: 'held' }, ...forUpdate });

async function freeSlot(coupon: Coupon, redeemer: string): Promise<number | null> {
  const where = { couponId: coupon.id, redeemer, state: { [Op.ne]: 'released' as const } };
  const taken = new Set((await CouponRedemption.findAll({ where })).map(({ slot }) => slot));
  for (let slot = 1; slot <= taken.size + 1; slot += 1) {
    if (coupon.userUsageLimit !== null && slot > coupon.userUsageLimit) return null;
    if (!taken.has(slot)) return slot;
  }
  return null;
}
