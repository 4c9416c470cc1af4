import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { sequelize } from '../database.js';
import { RuleBroken } from '../errors.js';
import { checkFrozen, neverDeleted } from './books.js';
import { Coupon } from './coupon.js';
import { keepFieldRules } from './field-rules.js';
import type { Purchase } from './purchase.js';
import { id, reference, required, text, whole, withDefault } from './columns.js';
import { checkMove, statesOf } from './moves.js';
import { wholeFrom } from './rules.js';

const MOVES = { held: ['used', 'released'], used: [], released: [] } as const;

/** One use of a coupon by one purchase: held while it is open, used once paid, released when it expires. */
export class CouponRedemption extends Model<
  InferAttributes<CouponRedemption>,
  InferCreationAttributes<CouponRedemption>
> {
  declare id: CreationOptional<string>;
  declare couponId: ForeignKey<string>;
  declare purchaseId: ForeignKey<string>;
  /** `email:<canonical e-mail>` of the purchase. */
  declare redeemer: string;
  declare purchase?: NonAttribute<Purchase>;
  /** 1 up to the coupon's limit per user; unique per coupon and redeemer while not released. */
  declare slot: number;
  declare state: CreationOptional<keyof typeof MOVES>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
}

CouponRedemption.init(
  {
    id: id(),
    couponId: required(reference('coupon')),
    purchaseId: required(reference('purchase')),
    redeemer: required(text()),
    slot: required(whole()),
    state: withDefault(text(), 'held'),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'coupon_redemptions' },
);

keepFieldRules(CouponRedemption, { slot: wholeFrom(1, 'errors.whole'), state: statesOf(MOVES) });

CouponRedemption.beforeCreate('keep to the limit per user', async ({ couponId, slot }) => {
  const { userUsageLimit } = await Coupon.findByPk(couponId, { rejectOnEmpty: true });
  if (userUsageLimit !== null && slot > userUsageLimit)
    throw new RuleBroken('errors.coupon.usedByYou', {}, 'code');
});

CouponRedemption.beforeUpdate('end once, and stay where it is', (redemption) => {
  checkMove('coupon', redemption, 'state', MOVES);
  checkFrozen(redemption, ['couponId', 'purchaseId', 'slot']);
});

neverDeleted(CouponRedemption);
