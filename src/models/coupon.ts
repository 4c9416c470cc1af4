import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import type { Currency } from '../lib/money.js';
import { big, flag, id, json, required, text, whole, withDefault } from './columns.js';
import { keepCouponRules, type COUPON_TYPES } from './coupon-rules.js';

/** A discount code: data-model section 3. In every limit 0 is a limit and null is none; `[]` applies to nothing. */
export class Coupon extends Model<InferAttributes<Coupon>, InferCreationAttributes<Coupon>> {
  declare id: CreationOptional<string>;
  declare code: string;
  declare type: (typeof COUPON_TYPES)[number];
  /** Hundredths of a percent, 1 to 10 000; for a percentage. */
  declare discountBasisPoints: CreationOptional<number | null>;
  /** For a fixed amount, in `currency`. */
  declare discountValueMinor: CreationOptional<number | null>;
  declare currency: CreationOptional<Currency | null>;
  declare minPurchaseAmountMinor: CreationOptional<number | null>;
  declare maxDiscountAmountMinor: CreationOptional<number | null>;
  declare usageLimit: CreationOptional<number | null>;
  declare usageCount: CreationOptional<number>;
  declare userUsageLimit: CreationOptional<number | null>;
  declare applicableProducts: CreationOptional<string[] | null>;
  declare applicableCountries: CreationOptional<string[] | null>;
  declare isActive: CreationOptional<boolean>;
  /** Valid from this instant on, and until before the other: epoch milliseconds. */
  declare validFrom: number;
  declare validUntil: CreationOptional<number | null>;
  declare description: CreationOptional<string | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
}

Coupon.init(
  {
    id: id(),
    code: required(text()),
    type: required(text()),
    discountBasisPoints: whole(),
    discountValueMinor: big(),
    currency: text(),
    minPurchaseAmountMinor: big(),
    maxDiscountAmountMinor: big(),
    usageLimit: whole(),
    usageCount: withDefault(whole(), 0),
    userUsageLimit: { ...whole(), defaultValue: 1 },
    applicableProducts: json(),
    applicableCountries: json(),
    isActive: withDefault(flag(), true),
    validFrom: required(big()),
    validUntil: big(),
    description: text(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'coupons' },
);

keepCouponRules(Coupon);
