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
import { DAY, clock } from '../lib/clock.js';
import { flag, id, json, moment, reference, required, text, whole, withDefault } from './columns.js';
import type { Order } from './order.js';
import type { Product } from './product.js';
import { keepReviewRules } from './review-rules.js';
import type { User } from './user.js';

const EDITABLE_FOR = DAY;

export type ReviewState = 'waiting' | 'shown' | 'rejected';

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
  /** Why staff does not show it, since when, and who said so; an edit clears all three. */
  declare rejectionReason: CreationOptional<string | null>;
  declare rejectedAt: CreationOptional<Date | null>;
  declare rejectedById: CreationOptional<ForeignKey<string | null>>;
  /** What the shop says to it, shown below it. */
  declare reply: CreationOptional<string | null>;
  declare repliedAt: CreationOptional<Date | null>;
  declare repliedById: CreationOptional<ForeignKey<string | null>>;
  /** Holds what may lead readers away or give something away (review-flags.ts). */
  declare isFlagged: CreationOptional<boolean>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
  declare user?: NonAttribute<User>;
  declare product?: NonAttribute<Product>;
  declare order?: NonAttribute<Order>;

  editable() {
    return clock.now() - this.created.getTime() < EDITABLE_FOR;
  }

  state(): ReviewState {
    if (this.isApproved) return 'shown';
    return this.rejectedAt ? 'rejected' : 'waiting';
  }

  approve() {
    return this.update({ isApproved: true, rejectionReason: null, rejectedAt: null, rejectedById: null });
  }

  reject(reason: string, staffId: string) {
    const rejected = { rejectionReason: reason, rejectedAt: clock.date(), rejectedById: staffId };
    return this.update({ isApproved: false, ...rejected });
  }

  /** Neither shown nor rejected any more: somebody must judge it. */
  waitAgain() {
    return this.update({ isApproved: false, rejectionReason: null, rejectedAt: null, rejectedById: null });
  }

  /** Null takes the answer away. */
  answer(reply: string | null, staffId: string) {
    const by = reply === null ? null : staffId;
    return this.update({ reply, repliedAt: reply === null ? null : clock.date(), repliedById: by });
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
    rejectionReason: text(),
    rejectedAt: moment(),
    rejectedById: reference('rejected_by'),
    reply: text(),
    repliedAt: moment(),
    repliedById: reference('replied_by'),
    isFlagged: withDefault(flag(), false),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'reviews' },
);

keepReviewRules(Review);
