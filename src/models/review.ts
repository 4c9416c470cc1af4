import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { RuleBroken } from '../errors.js';
import { DAY, clock } from '../lib/clock.js';
import { checkFrozen } from './books.js';
import { flag, id, json, reference, required, text, whole, withDefault } from './columns.js';
import { Order } from './order.js';

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

Review.beforeSave('refuse what breaks a rule', (review) => {
  if (!Number.isInteger(review.rating) || review.rating < 1 || review.rating > 5) {
    throw new RuleBroken('errors.review.rating', {}, 'rating');
  }
  if ((review.title?.length ?? 0) > 100) throw new RuleBroken('errors.review.title', {}, 'title');
  if (review.content.trim().length < 1 || review.content.length > 1000)
    throw new RuleBroken('errors.review.content', {}, 'content');
});

Review.beforeCreate('be bought', async (review) => {
  const { orderId, userId, productId } = review;
  const order = await Order.findOne({ where: { id: orderId, userId, productId, status: 'completed' } });
  if (!order) throw new RuleBroken('errors.review.notBought');
  if ((await Review.count({ where: { userId, productId } })) > 0) throw new RuleBroken('errors.review.twice');
  review.isVerified = true;
});

Review.beforeUpdate('be edited within a day, and approved anew', (review) => {
  checkFrozen(review, ['orderId', 'userId', 'productId']);
  const edited = (['rating', 'title', 'content', 'images'] as const).some((column) => review.changed(column));
  if (!edited) return;
  if (!review.editable()) throw new RuleBroken('errors.review.tooLate');
  review.isApproved = false;
});
