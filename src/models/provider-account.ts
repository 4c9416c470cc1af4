import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { RuleBroken } from '../errors.js';
import { PROVIDERS, type ProviderName } from '../providers/provider.js';
import { big, flag, id, required, text, whole, withDefault } from './columns.js';
import { haveNoTwin, keepFieldRules } from './field-rules.js';
import { amount, rules, wholeFrom } from './rules.js';

/** Our account with a wholesaler: whether we buy there, as which in line, and what money is left. */
export class ProviderAccount extends Model<
  InferAttributes<ProviderAccount>,
  InferCreationAttributes<ProviderAccount>
> {
  declare id: CreationOptional<string>;
  declare provider: ProviderName;
  declare isEnabled: CreationOptional<boolean>;
  /** Who is asked first when several have an offer of the same priority: 1 is. */
  declare position: number;
  /** Less than this, in USD cents, needs a person. */
  declare lowBalanceMinor: CreationOptional<number>;
  /** In USD cents as it was read last; null until then. */
  declare balanceMinor: CreationOptional<number | null>;
  /** When it was asked for last, whether or not it was told; epoch milliseconds. */
  declare balanceReadAt: CreationOptional<number | null>;
  /** Why it could not be read. */
  declare balanceError: CreationOptional<string | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;

  /** All wholesalers in the order in which they are asked. Nothing is written: one that nobody has touched is on. */
  static async inLine(): Promise<ProviderAccount[]> {
    const known = await ProviderAccount.findAll();
    const all = PROVIDERS.map(
      (provider, index) =>
        known.find((account) => account.provider === provider) ??
        ProviderAccount.build({ provider, position: index + 1 }),
    );
    return all.toSorted((one, other) => one.position - other.position);
  }

  balanceIsLow() {
    return this.balanceMinor !== null && this.balanceMinor < this.lowBalanceMinor;
  }
}

ProviderAccount.init(
  {
    id: id(),
    provider: required(text()),
    isEnabled: withDefault(flag(), true),
    position: required(whole()),
    lowBalanceMinor: withDefault(big(), 5000),
    balanceMinor: big(),
    balanceReadAt: big(),
    balanceError: text(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'provider_accounts' },
);

keepFieldRules(ProviderAccount, {
  provider: rules.provider,
  position: wholeFrom(1, 'errors.whole'),
  lowBalanceMinor: amount('errors.amount'),
});
haveNoTwin(ProviderAccount, ['provider'], 'errors.providerAccount.twin');

ProviderAccount.beforeSave('leave one wholesaler on', async ({ provider, isEnabled }) => {
  if (isEnabled) return;
  const off = await ProviderAccount.findAll({ where: { isEnabled: false }, attributes: ['provider'] });
  if (off.filter((other) => other.provider !== provider).length >= PROVIDERS.length - 1)
    throw new RuleBroken('errors.providerAccount.last');
});
