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
import { haveNoTwin, keepFieldRules } from './field-rules.js';

/** "Helpful", once per person and review; the database counts them on the review. */
export class ReviewVote extends Model<InferAttributes<ReviewVote>, InferCreationAttributes<ReviewVote>> {
  declare id: CreationOptional<string>;
  declare reviewId: ForeignKey<string>;
  declare userId: ForeignKey<string>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
}

ReviewVote.init(
  {
    id: id(),
    reviewId: required(reference('review')),
    userId: required(reference('user')),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'review_votes' },
);

keepFieldRules(ReviewVote, {});
haveNoTwin(ReviewVote, ['reviewId', 'userId'], 'errors.review.votedTwice');
