import {
  DataTypes,
  Model,
  Op,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { z } from 'zod';
import { sequelize } from '../database.js';
import { DAY, clock } from '../lib/clock.js';
import { hashOf, newToken } from '../lib/ids.js';
import { big, id, reference, required, text } from './columns.js';
import { keepFieldRules } from './field-rules.js';

const VALID_FOR = 90 * DAY;

/** A link that opens one order without an account. Only the hash of its token is stored. */
export class OrderLink extends Model<InferAttributes<OrderLink>, InferCreationAttributes<OrderLink>> {
  declare id: CreationOptional<string>;
  declare orderId: ForeignKey<string>;
  declare tokenHash: string;
  declare expiresAt: number;
  declare revokedAt: CreationOptional<number | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;

  /** A new token for the order, valid for 90 days; it cannot be read again. */
  static async issue(orderId: string): Promise<string> {
    const token = newToken();
    await OrderLink.create({ orderId, tokenHash: hashOf(token), expiresAt: clock.now() + VALID_FOR });
    return token;
  }

  static async opens(orderId: string, token: string): Promise<boolean> {
    const where = { orderId, tokenHash: hashOf(token), revokedAt: null, expiresAt: { [Op.gt]: clock.now() } };
    return (await OrderLink.count({ where })) > 0;
  }

  /** The order that a token opens, or null. */
  static async orderOf(token: string): Promise<string | null> {
    const where = { tokenHash: hashOf(token), revokedAt: null, expiresAt: { [Op.gt]: clock.now() } };
    return (await OrderLink.findOne({ where }))?.orderId ?? null;
  }
}

OrderLink.init(
  {
    id: id(),
    orderId: required(reference('order')),
    tokenHash: required(text()),
    expiresAt: required(big()),
    revokedAt: big(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'order_links' },
);

keepFieldRules(OrderLink, { tokenHash: z.string().length(64, 'errors.oneOf') });
