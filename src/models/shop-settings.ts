import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { z } from 'zod';
import { sequelize } from '../database.js';
import { json, text, whole } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import { returnDays } from './return-days.js';
import { line, oneOf, rules } from './rules.js';

const THE_ROW = 'theshopsettings';
const MOST_ALERT_EMAILS = 10;

export const settingRules = {
  shopName: line(60, 'errors.settings.shopName'),
  supportEmail: rules.anyEmail,
  returnDays,
  alertEmails: z
    .array(rules.anyEmail, 'errors.settings.alertEmails')
    .max(MOST_ALERT_EMAILS, 'errors.settings.alertEmails'),
};

/** What the owner sets without a deploy: one row, in which null leaves it to the code (`shop/settings.ts`). */
export class ShopSettings extends Model<
  InferAttributes<ShopSettings>,
  InferCreationAttributes<ShopSettings>
> {
  declare id: CreationOptional<string>;
  declare shopName: CreationOptional<string | null>;
  declare supportEmail: CreationOptional<string | null>;
  /** Of orders from now on: each keeps what it was sold with (`Order.returnDays`). */
  declare returnDays: CreationOptional<number | null>;
  declare alertEmails: CreationOptional<string[] | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
}

ShopSettings.init(
  {
    id: { type: DataTypes.STRING(15), primaryKey: true, defaultValue: THE_ROW },
    shopName: text(),
    supportEmail: text(),
    returnDays: whole(),
    alertEmails: json(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'shop_settings' },
);

keepFieldRules(ShopSettings, { ...settingRules, id: oneOf([THE_ROW]) });
