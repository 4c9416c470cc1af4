import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { z } from 'zod';
import { sequelize } from '../database.js';
import { clock } from '../lib/clock.js';
import { hashOf } from '../lib/ids.js';
import { big, id, reference, required, text } from './columns.js';
import { keepFieldRules } from './field-rules.js';

/** Lets somebody in once who has lost the phone with the codes of the second step. Only its hash is stored. */
export class RecoveryCode extends Model<
  InferAttributes<RecoveryCode>,
  InferCreationAttributes<RecoveryCode>
> {
  declare id: CreationOptional<string>;
  declare userId: ForeignKey<string>;
  declare codeHash: string;
  declare usedAt: CreationOptional<number | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;

  /** In place of all that the account had before. Inside the caller's transaction. */
  static async replace(userId: string, codes: string[]) {
    await RecoveryCode.destroy({ where: { userId } });
    for (const code of codes) await RecoveryCode.create({ userId, codeHash: hashOf(code) });
  }

  /** False when it is not the account's, or was used before. */
  static async use(userId: string, code: string): Promise<boolean> {
    const unused = { userId, codeHash: hashOf(code), usedAt: null };
    const [used] = await RecoveryCode.update({ usedAt: clock.now() }, { where: unused });
    return used === 1;
  }

  static left(userId: string): Promise<number> {
    return RecoveryCode.count({ where: { userId, usedAt: null } });
  }
}

RecoveryCode.init(
  {
    id: id(),
    userId: required(reference('user')),
    codeHash: required(text()),
    usedAt: big(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'recovery_codes' },
);

keepFieldRules(RecoveryCode, { codeHash: z.string().length(64, 'errors.oneOf') });
