import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { writtenOnce } from './books.js';
import { id, json, reference, required, text } from './columns.js';
import { keepFieldRules } from './field-rules.js';

/** What staff changed: who, what, before and after. Never changed or removed. */
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

writtenOnce(AuditLog);
