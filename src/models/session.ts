import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { sequelize } from '../database.js';
import { big, required, text } from './columns.js';

/** A browser's session, as express-session keeps it. */
export class Session extends Model<InferAttributes<Session>, InferCreationAttributes<Session>> {
  declare sid: string;
  declare data: string;
  declare expiresAt: number;
}

Session.init(
  { sid: { ...text(), primaryKey: true }, data: required(text()), expiresAt: required(big()) },
  { sequelize, tableName: 'sessions', timestamps: false },
);
