import {
  DataTypes,
  Model,
  type CreationOptional,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { sequelize } from '../database.js';
import type { Currency } from '../lib/money.js';
import type { ProviderName } from '../providers/provider.js';
import { big, flag, id, json, moment, required, text, whole, withDefault } from './columns.js';
import type { ProviderOffer } from './provider-offer.js';
import { keepProductRules } from './product-rules.js';
import type { ActivationPolicy } from './plan-fields.js';

export type PlanState = 'active' | 'sold_out' | 'off' | 'archived';

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
  /** Put away for good by an admin: not in the shop, nor in the lists of the back office. */
  declare archivedAt: CreationOptional<Date | null>;
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

  state(): PlanState {
    if (this.archivedAt) return 'archived';
    if (this.isActive) return 'active';
    return this.deactivatedByStock ? 'sold_out' : 'off';
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

  /** What is left of the price in percent with two digits. */
  marginOfPrice() {
    return Math.round(((this.priceMinor - this.costMinor) * 10_000) / this.priceMinor) / 100;
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
    archivedAt: moment(),
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

keepProductRules(Product);
