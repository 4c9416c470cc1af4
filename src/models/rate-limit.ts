import {
  DataTypes,
  Model,
  Op,
  literal,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize, tx } from '../database.js';
import { clock } from '../lib/clock.js';
import { newId } from '../lib/ids.js';
import { big, id, required, text, whole } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import { wholeFrom } from './rules.js';

/** How often within how long, and who or what is counted. */
export interface Allowance {
  key: string;
  most: number;
  withinMs: number;
}

/** Counts tries in the database, so that neither a restart nor a second process forgives them. */
export class RateLimit extends Model<InferAttributes<RateLimit>, InferCreationAttributes<RateLimit>> {
  declare id: CreationOptional<string>;
  /** A hash: no address of a person or a machine is kept here. */
  declare key: string;
  declare used: number;
  /** When the count begins anew, epoch milliseconds. */
  declare endsAt: number;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;

  /** Counts one try on each, up to the first that is used up; returns how long to wait in milliseconds, or 0. */
  static async take(allowances: Allowance[]): Promise<number> {
    // Who is stopped already costs a look and no write.
    const full = await RateLimit.firstFull(allowances);
    if (full) return full.endsAt - clock.now();
    return tx(async () => {
      for (const { key, most, withinMs } of allowances) {
        const { used, endsAt } = await RateLimit.add(key, withinMs);
        if (used > most) return endsAt - clock.now();
      }
      return 0;
    });
  }

  /** A try that was right does not count. */
  static async giveBack(keys: string[]) {
    await RateLimit.update({ used: literal('used - 1') }, { where: { key: keys, used: { [Op.gt]: 0 } } });
  }

  private static async firstFull(allowances: Allowance[]) {
    const rows = await RateLimit.findAll({
      where: { key: allowances.map(({ key }) => key), endsAt: { [Op.gt]: clock.now() } },
    });
    const most = new Map(allowances.map((allowance) => [allowance.key, allowance.most]));
    return rows.find((row) => row.used >= most.get(row.key)!);
  }

  /** One statement, so that two at once are two. */
  private static async add(key: string, withinMs: number): Promise<RateLimit> {
    const now = clock.now();
    await sequelize.query(
      `INSERT INTO rate_limits (id, key, used, ends_at) VALUES (:id, :key, 1, :endsAt)
       ON CONFLICT (key) DO UPDATE SET updated = excluded.updated,
         used = CASE WHEN rate_limits.ends_at <= :now THEN 1 ELSE rate_limits.used + 1 END,
         ends_at = CASE WHEN rate_limits.ends_at <= :now THEN :endsAt ELSE rate_limits.ends_at END`,
      { replacements: { id: newId(), key, now, endsAt: now + withinMs } },
    );
    return RateLimit.findOne({ where: { key }, rejectOnEmpty: true });
  }
}

RateLimit.init(
  {
    id: id(),
    key: required(text()),
    used: required(whole()),
    endsAt: required(big()),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'rate_limits' },
);

keepFieldRules(RateLimit, { used: wholeFrom(0, 'errors.whole') });
