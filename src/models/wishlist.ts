import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { id, reference, required } from './columns.js';

/** A plan that somebody keeps for later. */
export class Wishlist extends Model<InferAttributes<Wishlist>, InferCreationAttributes<Wishlist>> {
  declare id: CreationOptional<string>;
  declare userId: ForeignKey<string>;
  declare productId: ForeignKey<string>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
}

Wishlist.init(
  {
    id: id(),
    userId: required(reference('user')),
    productId: required(reference('product')),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'wishlists' },
);
