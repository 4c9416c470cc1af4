import { Op } from 'sequelize';
import { forUpdate } from '../database.js';
import { RuleBroken } from '../errors.js';
import { Coupon, CouponRedemption, Purchase } from '../models/index.js';

/** The life of one use of a coupon: held when the purchase is placed, then used or released. All inside the caller's transaction. */

/** Everybody is counted by e-mail, an account also by itself: neither logging out nor another address gives it more. */
const redeemerOf = (purchase: Redeemer) => `email:${purchase.canonicalEmail}`;

/** Who uses a coupon: a purchase, or somebody who might make one. */
type Redeemer = Pick<Purchase, 'canonicalEmail' | 'userId'>;

/** Whether this buyer has a use of the coupon left. */
export const mayUse = async (coupon: Coupon, buyer: Redeemer) => (await freeSlot(coupon, buyer)) !== null;

/** Throws RuleBroken when the coupon, or this buyer's share of it, is used up. */
export async function holdCoupon(couponId: string, purchase: Purchase) {
  const coupon = await Coupon.findByPk(couponId, { rejectOnEmpty: true, ...forUpdate });
  if (coupon.usageLimit !== null && coupon.usageCount >= coupon.usageLimit) {
    throw new RuleBroken('errors.coupon.usedUp', {}, 'code');
  }
  const slot = await freeSlot(coupon, purchase);
  if (slot === null) throw new RuleBroken('errors.coupon.usedByYou', {}, 'code');
  await coupon.update({ usageCount: coupon.usageCount + 1 });
  await CouponRedemption.create({ couponId, purchaseId: purchase.id, redeemer: redeemerOf(purchase), slot });
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

/** The smallest that neither the address nor the account has in use, or null when that is one too many. */
async function freeSlot(coupon: Coupon, purchase: Redeemer): Promise<number | null> {
  const limit = coupon.userUsageLimit ?? Infinity;
  const own = await usesOf(coupon, purchase);
  // Slots of addresses that an account took over later may be the same.
  const ofAccount = own.filter((use) => purchase.userId && use.purchase!.userId === purchase.userId);
  if (ofAccount.length >= limit) return null;
  const taken = new Set(own.map(({ slot }) => slot));
  let slot = 1;
  while (taken.has(slot)) slot += 1;
  return slot <= limit ? slot : null;
}

function usesOf(coupon: Coupon, purchase: Redeemer) {
  const redeemers = [{ redeemer: redeemerOf(purchase) }];
  const accounts = purchase.userId ? [{ '$purchase.user$': purchase.userId }] : [];
  return CouponRedemption.findAll({
    where: {
      couponId: coupon.id,
      state: { [Op.ne]: 'released' as const },
      [Op.or]: [...redeemers, ...accounts],
    },
    include: { model: Purchase, as: 'purchase', attributes: ['userId'] },
  });
}
