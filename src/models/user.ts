import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { RuleBroken } from '../errors.js';
import { clock } from '../lib/clock.js';
import { flag, id, moment, required, text, whole, withDefault } from './columns.js';
import { haveNoTwin, keepFieldRules } from './field-rules.js';
import { isNobody, nobodyOf } from './nobody.js';
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
  declare language: CreationOptional<string>;
  /** Rises when all sessions end: one that began before is over, even if it is written a moment later. */
  declare sessionEpoch: CreationOptional<number>;
  declare closedAt: CreationOptional<Date | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;

  /** The person leaves; what refers to the row goes on, and finds nobody there. */
  async close() {
    await this.update({
      email: nobodyOf(this.id),
      name: null,
      passwordHash: null,
      verified: false,
      closedAt: clock.date(),
    });
  }

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
    language: withDefault(text(), 'en'),
    sessionEpoch: withDefault(whole(), 0),
    closedAt: moment(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'users' },
);

keepFieldRules(User, { email: rules.canonicalEmail, name: rules.personName, role: oneOf(ROLES) });
haveNoTwin(User, ['email'], 'errors.emailTaken');

User.beforeUpdate('hold nobody when closed', ({ closedAt, email, name, passwordHash, verified }) => {
  if (!closedAt) return;
  if (name || passwordHash || verified || !isNobody(email)) throw new RuleBroken('errors.closedAccount');
});
