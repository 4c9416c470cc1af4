import { expect } from 'chai';
import { EmailLog, Review } from '../../src/models/index.js';
import { aProduct, aUser } from '../support/factories.js';
import { aDeliveredOrder, anAttempt, anOrderAtWork } from '../support/orders.js';
import { refusal, sql, wall } from '../support/refusals.js';
import { aReview } from '../support/reviews.js';

const ICCID = '8901000000000999999';

describe('The desk’s rules', () => {
  it('let nobody have settled an attempt that goes on', async () => {
    const attempt = await anAttempt(await anOrderAtWork());
    const { id } = await aUser({ role: 'support' });
    expect(await refusal(attempt.update({ settledById: id }))).to.equal('errors.desk.settled');
    expect(
      await wall(sql('UPDATE fulfilment_attempts SET settled_by = ? WHERE id = ?', id, attempt.id)),
    ).to.equal('check');
    await attempt.reload();
    await attempt.update({ state: 'rejected', settledById: id });
    expect(await wall(sql('DELETE FROM users WHERE id = ?', id))).to.equal('foreign key');
  });

  it('give an activation code to one order', async () => {
    const { esimActivationCode } = await aDeliveredOrder();
    const other = await anOrderAtWork();
    expect(await wall(other.complete({ iccid: ICCID, lpa: esimActivationCode! }, 'wholesale-x'))).to.equal(
      'unique',
    );
  });

  it('keep an answer whole: its words, when, and by whom', async () => {
    const { id } = await aUser({ role: 'support' });
    const review = await aReview(await aProduct());
    await review.answer('Thank you!', id);
    expect(await refusal(review.update({ reply: null }))).to.equal('errors.desk.reply');
    await review.reload();
    expect(await wall(sql('UPDATE reviews SET replied_at = NULL WHERE id = ?', review.id))).to.equal('check');
    expect(await wall(sql('UPDATE reviews SET reply = NULL WHERE id = ?', review.id))).to.equal('check');
    expect(await wall(sql(`UPDATE reviews SET reply = 'lpa:1$x$y' WHERE id = ?`, review.id))).to.equal(
      'check',
    );
    await review.answer(null, id);
    expect(await review.reload()).to.include({ reply: null, repliedAt: null, repliedById: null });
  });

  it('flag a review by its words, whenever they change', async () => {
    const review = await aReview(await aProduct(), { content: 'See https://a.example' });
    expect(review.isFlagged).to.equal(true);
    await review.update({ content: 'Fine.' });
    expect((await review.reload()).isFlagged).to.equal(false);
    await review.update({ title: 'Write to bob@example.org' });
    expect((await review.reload()).isFlagged).to.equal(true);
  });

  it('let a mail outlive the review that it is about', async () => {
    const review = await aReview(await aProduct());
    const mail = await EmailLog.create({
      orderId: null,
      purchaseId: null,
      userId: null,
      contactRequestId: null,
      reviewId: review.id,
      kind: 'review_rejected',
      dedupeKey: 'review_rejected:1',
      messageId: '<1@shop>',
      recipient: 'alice@example.com',
    });
    await Review.destroy({ where: { id: review.id } });
    expect((await mail.reload()).reviewId).to.equal(null);
  });
});
