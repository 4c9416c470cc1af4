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
import { RuleBroken } from '../errors.js';
import { haveNoTwin, keepFieldRules } from './field-rules.js';
import { Review } from './review.js';

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

ReviewVote.beforeCreate('be for a shown review of somebody else', async ({ reviewId, userId }) => {
  const review = await Review.findByPk(reviewId, { attributes: ['userId', 'isApproved'] });
  if (review && !review.isApproved) throw new RuleBroken('errors.review.notShown');
  if (review?.userId === userId) throw new RuleBroken('errors.review.ownVote');
});
haveNoTwin(ReviewVote, ['reviewId', 'userId'], 'errors.review.votedTwice');
