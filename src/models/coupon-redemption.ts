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
import { neverDeleted } from './books.js';
import type { Purchase } from './purchase.js';
import { id, reference, required, text, whole, withDefault } from './columns.js';
import { checkMove } from './moves.js';

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

CouponRedemption.beforeUpdate('end once', (redemption) => checkMove('coupon', redemption, 'state', MOVES));

neverDeleted(CouponRedemption);
