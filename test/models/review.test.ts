import { expect } from 'chai';
import { clock, DAY } from '../../src/lib/clock.js';
import { newId } from '../../src/lib/ids.js';
import { Order, Review, ReviewVote, User, type Product } from '../../src/models/index.js';
import { anOrder, aProduct, aUser } from '../support/factories.js';
import { aDeliveredOrder, aRefund } from '../support/orders.js';
import { refusal, sql, wall } from '../support/refusals.js';

const STAYS = 'a review stays with its order, reviewer, product and date';
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

async function anApprovedReview(product: Product, values: object = {}) {
  const review = await aReview(product, values);
  return review.update({ isApproved: true });
}

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

  it('is not written once the money is on its way back, and then no longer says that it was bought', async () => {
    const product = await aProduct();
    const reviewed = await aReview(product);
    const order = await Order.findByPk(reviewed.orderId, { rejectOnEmpty: true });
    await order.recordRefund('Customer asked');
    expect((await reviewed.reload()).isVerified).to.equal(false);

    const values = await bought(product);
    const refund = await aRefund(await Order.findByPk(values.orderId, { rejectOnEmpty: true }), {
      reason: 'customer_request',
    });
    expect(await refusal(Review.create(values))).to.equal('errors.review.notBought');
    expect(await wall(Review.bulkCreate([values]))).to.equal(NOT_BOUGHT);
    await refund.update({ state: 'failed' });
    await Review.create(values);
  });

  it('is verified by its order, whatever a statement says', async () => {
    const product = await aProduct();
    const [review] = await Review.bulkCreate([await bought(product, { isVerified: false })]);
    expect((await review!.reload()).isVerified).to.equal(true);
    await sql('UPDATE reviews SET is_verified = FALSE WHERE id = ?', review!.id);
    expect((await review!.reload()).isVerified).to.equal(true);
    expect(await refusal(review!.update({ isVerified: false }))).to.equal('errors.frozen');
  });

  it('is one per person and plan, however often it was bought', async () => {
    const product = await aProduct();
    const user = await aUser();
    await Review.create(await bought(product, {}, user));
    const second = await bought(product, {}, user);
    expect(await refusal(Review.create(second))).to.equal('errors.review.twice');
    expect(await wall(Review.bulkCreate([second]))).to.equal('unique');
    const other = await Review.create(await bought(await aProduct(), {}, user));
    expect(await refusal(other.update({ productId: product.id }))).to.equal('errors.review.twice');
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

  it('shows pictures from addresses that can be one', async () => {
    const product = await aProduct();
    const review = await aReview(product, { images: ['https://example.com/a.jpg', '/pictures/b.webp'] });
    for (const images of [['javascript:alert(1)'], ['/a.jpg', '//evil.example/b.jpg'], [7]]) {
      expect(await refusal(review.update({ images: images as string[] }))).to.equal('errors.picture');
      const written = sql('UPDATE reviews SET images = ? WHERE id = ?', JSON.stringify(images), review.id);
      expect(await wall(written)).to.equal('the images of a review are addresses of pictures');
      const another = await bought(product, { images });
      expect(await wall(Review.bulkCreate([another]))).to.equal(
        'the images of a review are addresses of pictures',
      );
      await review.reload();
    }
  });

  it('stays with its order, writer, plan and date', async () => {
    const review = await aReview(await aProduct());
    const other = await aReview(await aProduct());
    for (const [field, column] of [
      ['orderId', '"order"'],
      ['userId', '"user"'],
      ['productId', 'product'],
    ] as const) {
      expect(await refusal(review.update({ [field]: other[field] }))).to.equal('errors.frozen');
      const written = sql(`UPDATE reviews SET ${column} = ? WHERE id = ?`, other[field], review.id);
      expect(await wall(written)).to.equal(STAYS);
      await review.reload();
    }
    const younger = sql('UPDATE reviews SET created = ? WHERE id = ?', new Date(Date.now() + DAY), review.id);
    expect(await wall(younger)).to.equal(STAYS);
  });

  it('begins unapproved, and is approved by staff alone', async () => {
    const product = await aProduct();
    expect((await aReview(product, { isApproved: true })).isApproved).to.equal(false);
    const [written] = await Review.bulkCreate([await bought(product, { isApproved: true })]);
    expect((await written!.reload()).isApproved).to.equal(false);
    expect(await rating(product)).to.deep.equal([0, null]);
  });

  it('loses its approval when its words change, whatever statement changes them', async () => {
    const review = await aReview(await aProduct(), { title: 'Fast' });
    for (const [column, value] of [
      ['rating', 1],
      ['title', null],
      ['content', 'Bought!'],
      ['images', '["/a.jpg"]'],
    ]) {
      await review.update({ isApproved: true });
      await sql(`UPDATE reviews SET ${column} = ? WHERE id = ?`, value, review.id);
      expect((await review.reload()).isApproved, String(column)).to.equal(false);
    }
    await sql('UPDATE reviews SET is_approved = TRUE, rating = rating WHERE id = ?', review.id);
    expect((await review.reload()).isApproved).to.equal(true);
  });

  it('of yesterday is not edited by any statement, by the database’s own clock', async () => {
    const created = new Date(Date.now() - DAY);
    const [old] = await Review.bulkCreate([await bought(await aProduct(), { created })]);
    const [young] = await Review.bulkCreate([
      await bought(await aProduct(), { created: new Date(Date.now() - DAY + 60_000) }),
    ]);
    const edit = (review: Review, column: string, value: unknown) =>
      sql(`UPDATE reviews SET ${column} = ? WHERE id = ?`, value, review.id);
    for (const [column, value] of [
      ['rating', 1],
      ['title', 'No'],
      ['content', 'No'],
      ['images', '[]'],
    ] as const) {
      expect(await wall(edit(old!, column, value)), column).to.equal('a review can be changed for 24 hours');
      await edit(young!, column, value);
    }
    await old!.update({ isApproved: true });
    expect((await old!.reload()).isApproved).to.equal(true);
  });

  it('outlives the name of its writer, but not the account', async () => {
    const review = await aReview(await aProduct());
    await review.update({ isApproved: true });
    const writer = await User.findByPk(review.userId, { rejectOnEmpty: true });
    await writer.close();
    expect(await review.reload()).to.include({ content: 'Worked.', isApproved: true });
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
    const two = await anApprovedReview(product, { rating: 2 });
    expect(await rating(product)).to.deep.equal([2, 3.5]);

    await Review.update({ rating: 4 }, { where: { id: two.id } });
    expect(await rating(product)).to.deep.equal([1, 5]);
    await Review.update({ isApproved: true }, { where: { id: two.id } });
    expect(await rating(product)).to.deep.equal([2, 4.5]);
    await sql('UPDATE reviews SET is_approved = FALSE WHERE id = ?', five.id);
    expect(await rating(product)).to.deep.equal([1, 4]);
    await Review.destroy({ where: { productId: product.id } });
    expect(await rating(product)).to.deep.equal([0, null]);
  });

  it('goes with its writer, and the rating and the votes follow', async () => {
    const product = await aProduct();
    const mine = await anApprovedReview(product, { rating: 1 });
    const other = await anApprovedReview(product, { rating: 5 });
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

  it('is found helpful by others alone, and only while it is shown', async () => {
    const review = await anApprovedReview(await aProduct());
    const own = { reviewId: review.id, userId: review.userId };
    expect(await refusal(ReviewVote.create(own))).to.equal('errors.review.ownVote');
    expect(await wall(ReviewVote.bulkCreate([own]))).to.equal(
      'a vote is for a shown review of somebody else',
    );

    await review.update({ isApproved: false });
    const others = { reviewId: review.id, userId: (await aUser()).id };
    expect(await refusal(ReviewVote.create(others))).to.equal('errors.review.notShown');
    expect(await wall(ReviewVote.bulkCreate([others]))).to.equal(
      'a vote is for a shown review of somebody else',
    );
    await review.approve();
    await ReviewVote.create(others);
  });

  it('is rejected for a reason and by somebody, is not shown then, and an edit clears that', async () => {
    const product = await aProduct();
    const review = await anApprovedReview(product);
    const staff = await aUser({ role: 'support' });
    await review.reject('Advertising', staff.id);
    expect(review.state()).to.equal('rejected');
    expect(await rating(product)).to.deep.equal([0, null]);
    expect(await wall(sql('UPDATE reviews SET is_approved = TRUE WHERE id = ?', review.id))).to.equal(
      'check',
    );
    expect(await refusal(review.update({ isApproved: true }))).to.equal('errors.review.rejected');
    await review.reload();
    await review.update({ content: 'No advertising.' });
    expect(await review.reload()).to.include({ rejectionReason: null, rejectedAt: null, rejectedById: null });

    await review.reject('Advertising', staff.id);
    await sql('UPDATE reviews SET rating = 2 WHERE id = ?', review.id);
    expect(await review.reload()).to.include({ rejectionReason: null, rejectedAt: null, rejectedById: null });
    expect(await wall(sql('UPDATE reviews SET rejected_by = ? WHERE id = ?', staff.id, review.id))).to.equal(
      'check',
    );
    expect(await refusal(review.update({ rejectedById: staff.id }))).to.equal('errors.review.rejected');
    await review.reload();

    await review.reject('Advertising', staff.id);
    await sql('DELETE FROM users WHERE id = ?', staff.id);
    expect(await review.reload()).to.include({ rejectionReason: 'Advertising', rejectedById: null });
    await review.approve();
    expect((await review.reload()).state()).to.equal('shown');
    const nobody = sql(
      'UPDATE reviews SET is_approved = FALSE, rejection_reason = ?, rejected_at = ?, rejected_by = ? WHERE id = ?',
      'x',
      new Date(),
      newId(),
      review.id,
    );
    expect(await wall(nobody)).to.equal('foreign key');
  });

  it('is found helpful once per person, and the vote can be withdrawn', async () => {
    const review = await anApprovedReview(await aProduct());
    const { id: userId } = await aUser();
    const vote = await ReviewVote.create({ reviewId: review.id, userId });
    expect(await refusal(ReviewVote.create({ reviewId: review.id, userId }))).to.equal(
      'errors.review.votedTwice',
    );
    expect(await wall(ReviewVote.bulkCreate([{ reviewId: review.id, userId }]))).to.equal('unique');
    const { id: another } = await anApprovedReview(await aProduct());
    const other = await ReviewVote.create({ reviewId: another, userId });
    expect(await refusal(other.update({ reviewId: review.id }))).to.equal('errors.review.votedTwice');
    expect((await review.reload()).helpfulCount).to.equal(1);
    await ReviewVote.destroy({ where: { id: vote.id } });
    expect((await review.reload()).helpfulCount).to.equal(0);
    expect(await wall(ReviewVote.create({ reviewId: newId(), userId }))).to.equal('foreign key');
  });
});
