import {
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { sequelize } from '../database.js';
import { RuleBroken } from '../errors.js';
import { HIGHEST_PRICE_MINOR, type Currency } from '../lib/money.js';
import type { ProviderName } from '../providers/provider.js';
import { big, flag, id, json, required, text, whole, withDefault } from './columns.js';
import { DataTypes } from 'sequelize';
import type { ProviderOffer } from './provider-offer.js';
import { isCountry, rules } from './rules.js';

export type ActivationPolicy = 'first_use' | 'installation';

/** A plan for sale: data-model section 1. Facts that are null are "not stated by the operator". */
export class Product extends Model<InferAttributes<Product>, InferCreationAttributes<Product>> {
  declare id: CreationOptional<string>;
  declare name: string;
  declare slug: string;
  declare country: string;
  declare region: CreationOptional<string | null>;
  /** ISO codes of a multi-country plan, `country` among them; null for a plan of one country. */
  declare coverage: CreationOptional<string[] | null>;
  declare duration: number;
  declare dataLimit: string;
  /** Null is unlimited. */
  declare dataMb: CreationOptional<number | null>;
  declare priceMinor: number;
  declare costMinor: number;
  declare currency: Currency;
  declare provider: ProviderName;
  declare providerProductId: string;
  declare stock: CreationOptional<number>;
  declare isActive: CreationOptional<boolean>;
  /** Remembers that the stock, not an admin, switched the plan off. */
  declare deactivatedByStock: CreationOptional<boolean>;
  declare isFeatured: CreationOptional<boolean>;
  declare imageUrl: CreationOptional<string | null>;
  declare description: CreationOptional<string | null>;
  declare features: CreationOptional<string[] | null>;
  declare supportedNetworks: CreationOptional<string[] | null>;
  declare speed: CreationOptional<string | null>;
  declare hotspot: CreationOptional<string | null>;
  declare activationPolicy: CreationOptional<ActivationPolicy | null>;
  declare installWithinDays: CreationOptional<number | null>;
  declare fairUse: CreationOptional<string | null>;
  declare topUp: CreationOptional<string | null>;
  declare kyc: CreationOptional<string | null>;
  declare phoneNumber: CreationOptional<string | null>;
  declare apn: CreationOptional<string | null>;
  declare sortOrder: CreationOptional<number>;
  declare ratingAverage: CreationOptional<number | null>;
  declare ratingCount: CreationOptional<number>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
  declare offers?: NonAttribute<ProviderOffer[]>;

  soldOut() {
    return this.stock === 0;
  }

  onSale() {
    return this.isActive && this.stock > 0;
  }

  /** Switched off by an admin: the page does not exist. Switched off by the stock: it says "Sold out". */
  hidden() {
    return !this.isActive && !this.deactivatedByStock;
  }

  /** How many can be bought by somebody who holds this many already. */
  available(held = 0) {
    return this.hidden() ? 0 : this.stock + held;
  }

  isRegional() {
    return (this.coverage?.length ?? 0) > 1;
  }

  /** Markup on the cost in percent with two digits, null when the cost is 0 (data-model: margin_percent). */
  marginPercent() {
    if (this.costMinor === 0) return null;
    return Math.round(((this.priceMinor - this.costMinor) * 10_000) / this.costMinor) / 100;
  }

  /** What a buyer is promised; frozen on the order. */
  terms() {
    return {
      name: this.name,
      slug: this.slug,
      country: this.country,
      coverage: this.coverage,
      duration: this.duration,
      dataLimit: this.dataLimit,
      dataMb: this.dataMb,
      supportedNetworks: this.supportedNetworks,
      speed: this.speed,
      hotspot: this.hotspot,
      activationPolicy: this.activationPolicy,
      installWithinDays: this.installWithinDays,
      fairUse: this.fairUse,
      topUp: this.topUp,
      kyc: this.kyc,
      phoneNumber: this.phoneNumber,
      apn: this.apn,
    };
  }
}

export type Terms = ReturnType<Product['terms']>;

Product.init(
  {
    id: id(),
    name: required(text()),
    slug: required(text()),
    country: required(text()),
    region: text(),
    coverage: json(),
    duration: required(whole()),
    dataLimit: required(text()),
    dataMb: whole(),
    priceMinor: required(big()),
    costMinor: required(big()),
    currency: withDefault(text(), 'USD'),
    provider: required(text()),
    providerProductId: required(text()),
    stock: withDefault(whole(), 0),
    isActive: withDefault(flag(), true),
    deactivatedByStock: withDefault(flag(), false),
    isFeatured: withDefault(flag(), false),
    imageUrl: text(),
    description: text(),
    features: json(),
    supportedNetworks: json(),
    speed: text(),
    hotspot: text(),
    activationPolicy: text(),
    installWithinDays: whole(),
    fairUse: text(),
    topUp: text(),
    kyc: text(),
    phoneNumber: text(),
    apn: text(),
    sortOrder: withDefault(whole(), 0),
    ratingAverage: { type: DataTypes.DOUBLE },
    ratingCount: withDefault(whole(), 0),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'esim_products' },
);

Product.beforeSave('refuse what breaks a rule', (product) => {
  const broken = (key: string, field: string): never => {
    throw new RuleBroken(key, { name: product.name }, field);
  };
  if (product.name.length < 1 || product.name.length > 200) broken('errors.product.name', 'name');
  if (!rules.slug.safeParse(product.slug).success) broken('errors.slug', 'slug');
  if (!isCountry(product.country)) broken('errors.country', 'country');
  if (product.coverage?.some((code) => !isCountry(code))) broken('errors.country', 'coverage');
  if (!Number.isInteger(product.duration) || product.duration < 1)
    broken('errors.product.duration', 'duration');
  if (!Number.isInteger(product.stock) || product.stock < 0) broken('errors.product.stock', 'stock');
  if (!Number.isInteger(product.costMinor) || product.costMinor < 0) broken('errors.product.cost', 'cost');
  if (!Number.isInteger(product.priceMinor) || product.priceMinor > HIGHEST_PRICE_MINOR)
    broken('errors.product.price', 'price');
  if (product.priceMinor <= product.costMinor) broken('errors.product.priceAboveCost', 'price');
});

Product.beforeSave('leave the shelf without stock', (product) => {
  // Rule 3. The database's triggers do the same for writes that pass no hook.
  if (product.changed('isActive') && !product.changed('deactivatedByStock'))
    product.deactivatedByStock = false;
  if (product.stock === 0 && product.isActive) {
    product.isActive = false;
    product.deactivatedByStock = true;
  } else if (product.stock > 0 && product.deactivatedByStock) {
    product.isActive = true;
    product.deactivatedByStock = false;
  }
});
