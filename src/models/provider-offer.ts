import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import type { ProviderName } from '../providers/provider.js';
import { big, flag, id, reference, required, text, whole, withDefault } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import { amount, line, rules } from './rules.js';

/** Who else can deliver a product, or better: the same coverage or more, at least its data and days, below its price. */
export class ProviderOffer extends Model<
  InferAttributes<ProviderOffer>,
  InferCreationAttributes<ProviderOffer>
> {
  declare id: CreationOptional<string>;
  declare productId: ForeignKey<string>;
  declare provider: ProviderName;
  declare providerProductId: string;
  declare costMinor: number;
  /** Lower is asked earlier; the product's own provider is asked before all of these. */
  declare priority: CreationOptional<number>;
  declare isAvailable: CreationOptional<boolean>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
}

ProviderOffer.init(
  {
    id: id(),
    productId: required(reference('product')),
    provider: required(text()),
    providerProductId: required(text()),
    costMinor: required(big()),
    priority: withDefault(whole(), 0),
    isAvailable: withDefault(flag(), true),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'provider_offers' },
);

keepFieldRules(ProviderOffer, {
  provider: rules.provider,
  providerProductId: line(200, 'errors.product.sku'),
  costMinor: amount('errors.product.cost'),
});
