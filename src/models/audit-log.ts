import { AsyncLocalStorage } from 'node:async_hooks';
import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  type ModelStatic,
  type NonAttribute,
} from 'sequelize';
import { sequelize } from '../database.js';
import { writtenOnce } from './books.js';
import { id, json, reference, required, text } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import type { User } from './user.js';

const AT_ONCE = 200;

interface Change {
  row: Model & { id: string };
  before: object | null;
  after: object | null;
}

/** What staff changed, or tried to: who, from where, what, before and after. Never changed or removed. */
export class AuditLog extends Model<InferAttributes<AuditLog>, InferCreationAttributes<AuditLog>> {
  declare id: CreationOptional<string>;
  declare actorId: ForeignKey<string | null>;
  declare action: string;
  declare entity: string;
  declare entityId: string;
  declare before: CreationOptional<object | null>;
  declare after: CreationOptional<object | null>;
  declare ipAddress: CreationOptional<string | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
  declare actor?: NonAttribute<User | null>;

  /** Around everything that one member of staff does: the address that they come from. */
  static readonly comingFrom = new AsyncLocalStorage<string | undefined>();

  /**
   * Writes down what `staff` did to a row, in the transaction that did it. `before` and `after` hold what changed, and
   * never a code, a token or a password.
   */
  static async record(
    staff: User,
    action: string,
    row: Model & { id: string },
    before: object | null,
    after: object | null,
  ): Promise<AuditLog> {
    const { tableName: entity } = row.constructor as ModelStatic<Model>;
    return AuditLog.create({ actorId: staff.id, action, entity, entityId: row.id, before, after });
  }

  /** The same for many rows of one table: one entry each, in few statements. */
  static async recordAll(staff: User, action: string, changes: readonly Change[]) {
    const ipAddress = AuditLog.comingFrom.getStore() ?? null;
    for (let start = 0; start < changes.length; start += AT_ONCE)
      await AuditLog.bulkCreate(
        changes.slice(start, start + AT_ONCE).map(({ row, before, after }) => {
          const { tableName: entity } = row.constructor as ModelStatic<Model>;
          return { actorId: staff.id, action, entity, entityId: row.id, before, after, ipAddress };
        }),
      );
  }
}

AuditLog.init(
  {
    id: id(),
    actorId: reference('actor'),
    action: required(text()),
    entity: required(text()),
    entityId: required(text()),
    before: json(),
    after: json(),
    ipAddress: text(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'audit_logs' },
);

keepFieldRules(AuditLog, {});

AuditLog.beforeCreate('say where it came from', (entry) => {
  entry.ipAddress ??= AuditLog.comingFrom.getStore() ?? null;
});

writtenOnce(AuditLog);
