import { expect } from 'chai';
import { clock, DAY } from '../../src/lib/clock.js';
import { newId } from '../../src/lib/ids.js';
import { Review, ReviewVote, type Product, type User } from '../../src/models/index.js';
import { anOrder, aProduct, aUser } from '../support/factories.js';
import { aDeliveredOrder } from '../support/orders.js';
import { refusal, sql, wall } from '../support/refusals.js';

const NOT_BOUGHT = 'a review needs the reviewer’s own completed order of the product';

/** A review's values: of a plan that its writer has bought. */
async function bought(product: Product, values: object = {}, user?: User) {
  const buyer = user ?? (await aUser());
  const order = await aDeliveredOrder(product, { userId: buyer.id });
  return {
    orderId: order.id,
    userId: buyer.id,
    productId: product.id,
    rating: 5,
    content: 'Worked.',
    ...values,
  };
}

const aReview = async (product: Product, values: object = {}) => Review.create(await bought(product, values));

const rating = async (product: Product) => {
  const { ratingAverage, ratingCount } = await product.reload();
  return [ratingCount, ratingAverage];
};

describe('Review', () => {
  it('is written by the buyer of a completed order, and marked as bought', async () => {
    const product = await aProduct();
    const review = await aReview(product);
    expect(review).to.include({ isVerified: true, isApproved: false, helpfulCount: 0 });

    const values = await bought(product);
    const unpaid = await anOrder(product, { userId: values.userId });
    for (const wrong of [
      { userId: (await aUser()).id },
      { productId: (await aProduct()).id },
      { orderId: unpaid.id },
    ]) {
      expect(await refusal(Review.create({ ...values, ...wrong }))).to.equal('errors.review.notBought');
      expect(await wall(Review.bulkCreate([{ ...values, ...wrong }]))).to.equal(NOT_BOUGHT);
    }
  });

  it('is one per person and plan, however often it was bought', async () => {
    const product = await aProduct();
    const user = await aUser();
    await Review.create(await bought(product, {}, user));
    const second = await bought(product, {}, user);
    expect(await refusal(Review.create(second))).to.equal('errors.review.twice');
    expect(await wall(Review.bulkCreate([second]))).to.equal('unique');
    await aReview(product);
  });

  it('has 1 to 5 stars, a short headline and 1 to 1,000 characters', async () => {
    const review = await aReview(await aProduct(), { title: 't'.repeat(100), content: 'c'.repeat(1000) });
    const refused: [object, string, string][] = [
      [{ rating: 0 }, 'errors.review.rating', 'rating'],
      [{ rating: 6 }, 'errors.review.rating', 'rating'],
      [{ title: 't'.repeat(101) }, 'errors.review.title', 'title'],
      [{ content: 'c'.repeat(1001) }, 'errors.review.content', 'content'],
      [{ content: '' }, 'errors.review.content', 'content'],
    ];
    for (const [values, key, column] of refused) {
      expect(await refusal(review.update(values))).to.equal(key);
      const written = sql(
        `UPDATE reviews SET ${column} = ? WHERE id = ?`,
        Object.values(values)[0],
        review.id,
      );
      expect(await wall(written)).to.equal('check');
      await review.reload();
    }
    expect(await refusal(review.update({ rating: 4.5 }))).to.equal('errors.review.rating');
    await review.reload();
    expect(await refusal(review.update({ content: '   ' }))).to.equal('errors.review.content');
  });

  it('stays with its order, writer and plan', async () => {
    const review = await aReview(await aProduct());
    const other = await aReview(await aProduct());
    for (const [field, column] of [
      ['orderId', '"order"'],
      ['userId', '"user"'],
      ['productId', 'product'],
    ] as const) {
      expect(await refusal(review.update({ [field]: other[field] }))).to.equal('errors.frozen');
      const written = sql(`UPDATE reviews SET ${column} = ? WHERE id = ?`, other[field], review.id);
      expect(await wall(written)).to.equal('a review stays with its order, reviewer and product');
      await review.reload();
    }
  });

  it('can be edited for a day, and is approved anew after that', async () => {
    const review = await aReview(await aProduct());
    await review.update({ isApproved: true });
    clock.advance(DAY - 5000);
    await review.update({ content: 'Worked until the last day.' });
    expect((await review.reload()).isApproved).to.equal(false);
    clock.advance(5001);
    expect(await refusal(review.update({ content: 'Now I hate it.' }))).to.equal('errors.review.tooLate');
    await (await review.reload()).update({ isApproved: true });
  });

  it('counts towards the plan’s rating once approved, whatever statement changes it', async () => {
    const product = await aProduct();
    expect(await rating(product)).to.deep.equal([0, null]);
    const five = await aReview(product, { rating: 5 });
    expect(await rating(product)).to.deep.equal([0, null]);
    await five.update({ isApproved: true });
    const two = await aReview(product, { rating: 2, isApproved: true });
    expect(await rating(product)).to.deep.equal([2, 3.5]);

    await Review.update({ rating: 4 }, { where: { id: two.id } });
    expect(await rating(product)).to.deep.equal([2, 4.5]);
    await sql('UPDATE reviews SET is_approved = FALSE WHERE id = ?', five.id);
    expect(await rating(product)).to.deep.equal([1, 4]);
    await Review.destroy({ where: { productId: product.id } });
    expect(await rating(product)).to.deep.equal([0, null]);
  });

  it('goes with its writer, and the rating and the votes follow', async () => {
    const product = await aProduct();
    const mine = await aReview(product, { rating: 1, isApproved: true });
    const other = await aReview(product, { rating: 5, isApproved: true });
    await ReviewVote.create({ reviewId: other.id, userId: mine.userId });
    await sql('DELETE FROM users WHERE id = ?', mine.userId);
    expect(await Review.count()).to.equal(1);
    expect(await rating(product)).to.deep.equal([1, 5]);
    expect((await other.reload()).helpfulCount).to.equal(0);
  });

  it('counts right when many are approved, and found helpful, at once', async () => {
    const product = await aProduct({ stock: 20 });
    const reviews: Review[] = [];
    for (let number = 0; number < 8; number += 1) reviews.push(await aReview(product, { rating: 4 }));
    const voters = await Promise.all(reviews.map(() => aUser()));
    await Promise.all(
      reviews.map((review) => sql('UPDATE reviews SET is_approved = TRUE WHERE id = ?', review.id)),
    );
    expect(await rating(product)).to.deep.equal([8, 4]);
    await Promise.all(voters.map(({ id }) => ReviewVote.create({ reviewId: reviews[0]!.id, userId: id })));
    expect((await reviews[0]!.reload()).helpfulCount).to.equal(8);
  });

  it('is found helpful once per person, and the vote can be withdrawn', async () => {
    const review = await aReview(await aProduct());
    const { id: userId } = await aUser();
    const vote = await ReviewVote.create({ reviewId: review.id, userId });
    expect(await wall(ReviewVote.create({ reviewId: review.id, userId }))).to.equal('unique');
    expect((await review.reload()).helpfulCount).to.equal(1);
    await ReviewVote.destroy({ where: { id: vote.id } });
    expect((await review.reload()).helpfulCount).to.equal(0);
    expect(await wall(ReviewVote.create({ reviewId: newId(), userId }))).to.equal('foreign key');
  });
});
