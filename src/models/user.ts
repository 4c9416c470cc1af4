import {
  DataTypes,
  Model,
  Op,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { RuleBroken } from '../errors.js';
import { clock } from '../lib/clock.js';
import { big, flag, id, moment, required, text, whole, withDefault } from './columns.js';
import { haveNoTwin, keepFieldRules } from './field-rules.js';
import { isNobody, nobodyOf } from './nobody.js';
import { oneOf, rules } from './rules.js';

export const ROLES = ['customer', 'support', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What a row says of somebody without the second step. */
export const NO_TWO_STEP = { twoStepSecret: null, twoStepUsed: null };

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
  /** Of the app that gives the codes of the second step, sealed (`lib/seal.ts`); null while there is none. */
  declare twoStepSecret: CreationOptional<string | null>;
  /** The moment, in steps of thirty seconds, whose code was used last. */
  declare twoStepUsed: CreationOptional<number | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;

  /** The person leaves; what refers to the row goes on, and finds nobody there. */
  async close() {
    await this.update({
      email: nobodyOf(this.id),
      name: null,
      passwordHash: null,
      verified: false,
      ...NO_TWO_STEP,
      closedAt: clock.date(),
    });
  }

  hasTwoStep() {
    return Boolean(this.twoStepSecret);
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
    twoStepSecret: text(),
    twoStepUsed: big(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'users' },
);

keepFieldRules(User, { email: rules.canonicalEmail, name: rules.personName, role: oneOf(ROLES) });
haveNoTwin(User, ['email'], 'errors.emailTaken');

User.beforeUpdate('hold nobody when closed', (user) => {
  if (!user.closedAt) return;
  if (user.name || user.passwordHash || user.verified || user.twoStepSecret || !isNobody(user.email))
    throw new RuleBroken('errors.closedAccount');
});

User.beforeSave('have a second step as staff alone, and whole', ({ role, twoStepSecret, twoStepUsed }) => {
  const isWhole = Boolean(twoStepSecret) === (typeof twoStepUsed === 'number');
  if (!isWhole || (twoStepSecret && role === 'customer')) throw new RuleBroken('errors.twoStep.ofStaff');
});

User.beforeUpdate('use no code of a moment that is over', (user) => {
  if (user.changed('twoStepSecret') || !user.changed('twoStepUsed')) return;
  if (user.twoStepUsed! < user.previous('twoStepUsed')!) throw new RuleBroken('errors.twoStep.used');
});

/** With a password, so that somebody can come in and let others in. */
async function oneOtherAdmin(user: User) {
  const where = { role: 'admin' as const, closedAt: null, verified: true };
  const others = await User.count({
    where: { ...where, passwordHash: { [Op.ne]: null }, id: { [Op.ne]: user.id } },
  });
  if (others === 0) throw new RuleBroken('errors.staff.lastAdmin', {}, 'role');
}

User.beforeUpdate('stay an admin when there is no other', async (user) => {
  const wasAdmin = user.previous('role') === 'admin' && !user.previous('closedAt');
  if (wasAdmin && (user.role !== 'admin' || user.closedAt)) await oneOtherAdmin(user);
});

User.beforeDestroy('stay an admin when there is no other', async (user) => {
  if (user.role === 'admin' && !user.closedAt) await oneOtherAdmin(user);
});
