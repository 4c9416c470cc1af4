import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { flag, id, moment, required, text, withDefault } from './columns.js';
import { haveNoTwin, keepFieldRules } from './field-rules.js';
import { oneOf, rules } from './rules.js';

export const ROLES = ['customer', 'support', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Somebody who can log in. `email` is canonical: lower case, trimmed. */
export class User extends Model<InferAttributes<User>, InferCreationAttributes<User>> {
  declare id: CreationOptional<string>;
  declare email: string;
  declare name: CreationOptional<string | null>;
  declare passwordHash: CreationOptional<string | null>;
  declare role: CreationOptional<Role>;
  declare verified: CreationOptional<boolean>;
  declare closedAt: CreationOptional<Date | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;

  isStaff() {
    return this.role === 'admin' || this.role === 'support';
  }
}

User.init(
  {
    id: id(),
    email: required(text()),
    name: text(),
    passwordHash: text(),
    role: withDefault(text(), 'customer'),
    verified: withDefault(flag(), false),
    closedAt: moment(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'users' },
);

keepFieldRules(User, { email: rules.canonicalEmail, name: rules.personName, role: oneOf(ROLES) });
haveNoTwin(User, ['email'], 'errors.emailTaken');
