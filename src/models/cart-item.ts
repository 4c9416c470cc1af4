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
import { id, reference, required, text, whole } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import { haveOneOwner } from './owner.js';
import type { Product } from './product.js';
import { wholeFrom } from './rules.js';

export const MOST_PER_LINE = 20;

/** A line of somebody's cart: an account's, or a guest's under the key that the guest's session holds. */
export class CartItem extends Model<InferAttributes<CartItem>, InferCreationAttributes<CartItem>> {
  declare id: CreationOptional<string>;
  declare userId: ForeignKey<string | null>;
  declare guestKey: CreationOptional<string | null>;
  declare productId: ForeignKey<string>;
  declare quantity: number;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
  declare product?: NonAttribute<Product>;
  /** Units that this very cart holds already, by a purchase that it began and has not paid. */
  declare held?: NonAttribute<number>;

  /** How many of the plan this cart can have: what is on the shelf, and what it holds itself. */
  available() {
    return this.product!.available(this.held);
  }

  totalMinor() {
    return (this.product?.priceMinor ?? 0) * this.quantity;
  }
}

CartItem.init(
  {
    id: id(),
    userId: reference('user'),
    guestKey: text(),
    productId: required(reference('product')),
    quantity: required(whole()),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'cart_items' },
);

keepFieldRules(CartItem, { quantity: wholeFrom(1, 'errors.quantity').max(MOST_PER_LINE, 'errors.quantity') });
haveOneOwner(CartItem);
