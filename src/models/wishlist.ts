import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { sequelize } from '../database.js';
import type { Currency } from '../lib/money.js';
import { big, id, reference, required, text } from './columns.js';
import { haveNoTwin, keepFieldRules } from './field-rules.js';
import { haveOneOwner } from './owner.js';
import { Product } from './product.js';
import { amount, rules } from './rules.js';

/** A plan that somebody keeps for later: an account, or a guest under the key that the guest's session holds. */
export class Wishlist extends Model<InferAttributes<Wishlist>, InferCreationAttributes<Wishlist>> {
  declare id: CreationOptional<string>;
  declare userId: ForeignKey<string | null>;
  declare guestKey: CreationOptional<string | null>;
  declare productId: ForeignKey<string>;
  /** What the plan cost when it was put here. */
  declare priceMinor: CreationOptional<number>;
  declare currency: CreationOptional<Currency>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
  declare product?: NonAttribute<Product>;

  /** How much more the plan costs now; below 0 it has become cheaper. */
  dearerByMinor() {
    const plan = this.product!;
    return plan.currency === this.currency ? plan.priceMinor - this.priceMinor : 0;
  }
}

Wishlist.init(
  {
    id: id(),
    userId: reference('user'),
    guestKey: text(),
    productId: required(reference('product')),
    priceMinor: required(big()),
    currency: required(text()),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'wishlists' },
);

Wishlist.beforeValidate('remember the price', async (wish) => {
  if (!wish.isNewRecord || wish.priceMinor !== undefined) return;
  const plan = await Product.findByPk(wish.productId);
  if (plan) wish.set({ priceMinor: plan.priceMinor, currency: plan.currency });
});

keepFieldRules(Wishlist, { priceMinor: amount('errors.amount'), currency: rules.currency });
haveOneOwner(Wishlist);
haveNoTwin(Wishlist, ['userId', 'productId'], 'errors.wishlist.twice');
haveNoTwin(Wishlist, ['guestKey', 'productId'], 'errors.wishlist.twice');
