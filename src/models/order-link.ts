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

/** A link in a mail about the order itself works as long as somebody may still travel. */
const DELIVERED = 90 * DAY;
/** One that anybody could have asked for works no longer than it takes to open it. */
export const LOOKED_UP = DAY;

/** A link that opens one order without an account. Only the hash of its token is stored. */
export class OrderLink extends Model<InferAttributes<OrderLink>, InferCreationAttributes<OrderLink>> {
  declare id: CreationOptional<string>;
  declare orderId: ForeignKey<string>;
  declare tokenHash: string;
  declare expiresAt: number;
  declare revokedAt: CreationOptional<number | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;

  /** A new token for the order, valid for so many milliseconds; it cannot be read again. */
  static async issue(orderId: string, validFor = DELIVERED): Promise<string> {
    const token = newToken();
    await OrderLink.create({ orderId, tokenHash: hashOf(token), expiresAt: clock.now() + validFor });
    return token;
  }

  static async opens(orderId: string, token: string): Promise<boolean> {
    return (await OrderLink.count({ where: { orderId, tokenHash: hashOf(token), ...live() } })) > 0;
  }

  /** How many links open the order now. */
  static countLive(orderId: string): Promise<number> {
    return OrderLink.count({ where: { orderId, ...live() } });
  }

  /** Ends every link to these orders. */
  static async revoke(orderIds: string[]) {
    await OrderLink.update({ revokedAt: clock.now() }, { where: { orderId: orderIds, revokedAt: null } });
  }

  /** The order that a token opens, or null. */
  static async orderOf(token: string): Promise<string | null> {
    const link = await OrderLink.findOne({ where: { tokenHash: hashOf(token), ...live() } });
    return link?.orderId ?? null;
  }
}

const live = () => ({ revokedAt: null, expiresAt: { [Op.gt]: clock.now() } });

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
