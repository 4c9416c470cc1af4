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
import { id, json, reference, required, text, withDefault } from './columns.js';
import { keepFieldRules } from './field-rules.js';

/** An order's timeline: every change of status and every step leaves a row, which is never changed or removed. */
export class AutomationLog extends Model<
  InferAttributes<AutomationLog>,
  InferCreationAttributes<AutomationLog>
> {
  declare id: CreationOptional<string>;
  declare orderId: ForeignKey<string>;
  declare step: string;
  declare statusFrom: CreationOptional<string | null>;
  declare statusTo: CreationOptional<string | null>;
  declare message: CreationOptional<string | null>;
  declare details: CreationOptional<object | null>;
  /** 'shop', 'stripe', 'customer' or a user's id. */
  declare actor: CreationOptional<string>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
}

AutomationLog.init(
  {
    id: id(),
    orderId: required(reference('order')),
    step: required(text()),
    statusFrom: text(),
    statusTo: text(),
    message: text(),
    details: json(),
    actor: withDefault(text(), 'shop'),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'automation_logs' },
);

keepFieldRules(AutomationLog, {});

writtenOnce(AutomationLog);
