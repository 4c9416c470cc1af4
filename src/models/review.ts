import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { DAY, clock } from '../lib/clock.js';
import { flag, id, json, reference, required, text, whole, withDefault } from './columns.js';
import { keepReviewRules } from './review-rules.js';

const EDITABLE_FOR = DAY;

/** What a buyer says of a plan: data-model section 4. Shown once approved; the product's rating is kept by the database. */
export class Review extends Model<InferAttributes<Review>, InferCreationAttributes<Review>> {
  declare id: CreationOptional<string>;
  declare orderId: ForeignKey<string>;
  declare userId: ForeignKey<string>;
  declare productId: ForeignKey<string>;
  declare rating: number;
  declare title: CreationOptional<string | null>;
  declare content: string;
  declare images: CreationOptional<string[] | null>;
  declare isVerified: CreationOptional<boolean>;
  declare isApproved: CreationOptional<boolean>;
  declare helpfulCount: CreationOptional<number>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;

  editable() {
    return clock.now() - this.created.getTime() < EDITABLE_FOR;
  }
}

Review.init(
  {
    id: id(),
    orderId: required(reference('order')),
    userId: required(reference('user')),
    productId: required(reference('product')),
    rating: required(whole()),
    title: text(),
    content: required(text()),
    images: json(),
    isVerified: withDefault(flag(), false),
    isApproved: withDefault(flag(), false),
    helpfulCount: withDefault(whole(), 0),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'reviews' },
);

keepReviewRules(Review);
