import {
  DataTypes,
  Model,
  Op,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { z } from 'zod';
import { sequelize, tx } from '../database.js';
import { ShopError } from '../errors.js';
import { HOUR, clock } from '../lib/clock.js';
import { hashOf, newToken } from '../lib/ids.js';
import { big, id, reference, required, text } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import { oneOf, rules } from './rules.js';
import type { User } from './user.js';

/** A password may be reset for an hour: mail can be late by more than the ten minutes that would be ideal. */
const VALID_FOR = { verify_email: 24 * HOUR, reset_password: HOUR, change_email: HOUR } as const;
export type LinkPurpose = keyof typeof VALID_FOR;
const PURPOSES = Object.keys(VALID_FOR) as LinkPurpose[];

/**
 * A link in a mail, by which somebody shows that the mailbox `email` is theirs. It serves one purpose, once; a newer one
 * replaces it. Only the hash of its token is stored.
 */
export class AccountLink extends Model<InferAttributes<AccountLink>, InferCreationAttributes<AccountLink>> {
  declare id: CreationOptional<string>;
  declare userId: ForeignKey<string>;
  declare purpose: LinkPurpose;
  declare email: string;
  declare tokenHash: string;
  declare expiresAt: number;
  /** When it was used or withdrawn. */
  declare endedAt: CreationOptional<number | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
  declare user?: NonAttribute<User>;

  /** A new token; it cannot be read again, and those before it no longer work. */
  static async issue(userId: string, purpose: LinkPurpose, email: string): Promise<string> {
    const token = newToken();
    await tx(async () => {
      await AccountLink.withdraw({ userId, purpose });
      const expiresAt = clock.now() + VALID_FOR[purpose];
      await AccountLink.create({ userId, purpose, email, tokenHash: hashOf(token), expiresAt });
    });
    return token;
  }

  static async withdraw(which: { userId: string; purpose?: LinkPurpose }) {
    await AccountLink.update({ endedAt: clock.now() }, { where: { ...which, endedAt: null } });
  }

  /** The link with this token, and its user; null when it is unknown, over, or for something else. */
  static async find(token: unknown, purposes: readonly LinkPurpose[]): Promise<AccountLink | null> {
    if (typeof token !== 'string' || token.length !== 43) return null;
    return AccountLink.findOne({
      where: {
        tokenHash: hashOf(token),
        purpose: [...purposes],
        endedAt: null,
        expiresAt: { [Op.gt]: clock.now() },
      },
      include: 'user',
    });
  }

  /** Throws when somebody was faster with the same link. */
  async use() {
    const [used] = await AccountLink.update(
      { endedAt: clock.now() },
      { where: { id: this.id, endedAt: null } },
    );
    if (used === 0) throw new ShopError(410, 'errors.linkOver');
  }
}

AccountLink.init(
  {
    id: id(),
    userId: required(reference('user')),
    purpose: required(text()),
    email: required(text()),
    tokenHash: required(text()),
    expiresAt: required(big()),
    endedAt: big(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'account_links' },
);

keepFieldRules(AccountLink, {
  purpose: oneOf(PURPOSES),
  email: rules.canonicalEmail,
  tokenHash: z.string().length(64, 'errors.oneOf'),
});
