import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { big, reference, required, text } from './columns.js';
import { keepFieldRules } from './field-rules.js';

/** A browser's session, as express-session keeps it. */
export class Session extends Model<InferAttributes<Session>, InferCreationAttributes<Session>> {
  declare sid: string;
  /** Whose it is once somebody has logged in, so that all of a person's sessions can be ended. */
  declare userId: ForeignKey<string | null>;
  declare data: string;
  declare expiresAt: number;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
}

Session.init(
  {
    sid: { ...text(), primaryKey: true },
    userId: reference('user'),
    data: required(text()),
    expiresAt: required(big()),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'sessions' },
);

keepFieldRules(Session, {});
