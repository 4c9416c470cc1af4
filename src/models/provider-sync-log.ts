import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import type { ProviderName } from '../providers/provider.js';
import { id, required, text, whole, withDefault } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import { oneOf, rules } from './rules.js';

/** One run of comparing a wholesaler's catalogue with ours. */
export class ProviderSyncLog extends Model<
  InferAttributes<ProviderSyncLog>,
  InferCreationAttributes<ProviderSyncLog>
> {
  declare id: CreationOptional<string>;
  declare provider: ProviderName;
  declare status: 'running' | 'succeeded' | 'failed';
  declare createdCount: CreationOptional<number>;
  declare updatedCount: CreationOptional<number>;
  declare goneCount: CreationOptional<number>;
  declare durationMs: CreationOptional<number | null>;
  declare errorMessage: CreationOptional<string | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
}

ProviderSyncLog.init(
  {
    id: id(),
    provider: required(text()),
    status: required(text()),
    createdCount: withDefault(whole(), 0),
    updatedCount: withDefault(whole(), 0),
    goneCount: withDefault(whole(), 0),
    durationMs: whole(),
    errorMessage: text(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'provider_sync_logs' },
);

keepFieldRules(ProviderSyncLog, {
  provider: rules.provider,
  status: oneOf(['running', 'succeeded', 'failed']),
});
