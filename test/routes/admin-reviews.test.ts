import { expect } from 'chai';
import { AuditLog, Review } from '../../src/models/index.js';
import { readingOf } from '../../src/reviews/moderate.js';
import { aProduct } from '../support/factories.js';
import { aMember, expectRefusal, logIn } from '../support/members.js';
import { aReview } from '../support/reviews.js';
import { Visitor, type Page } from '../support/visitor.js';

/** Somebody of the staff, logged in. */
async function staff() {
  const user = await aMember({ role: 'support' });
  const visitor = new Visitor();
  await logIn(visitor, user);
  return { user, visitor };
}

const said = (page: Page) =>
  page
    .$('article .as-typed')
    .toArray()
    .map((text) => page.$(text).text());

const reading = (page: Page, { id }: Review) => ({
  reading: String(page.$(`form[action^="/admin/reviews/${id}/"] input[name=reading]`).val()),
});

describe('Reviews in the back office', () => {
  it('wait with the oldest first, page after page, and stand in the menu', async () => {
    const { visitor } = await staff();
    expect((await visitor.get('/admin/orders')).$('nav a[href="/admin/reviews"]')).to.have.length(1);
    expect((await visitor.get('/admin/reviews')).text).to.contain('No reviews are waiting');
    const plan = await aProduct({ stock: 50 });
    for (let number = 1; number <= 22; number += 1)
      await aReview(plan, {
        content: `no. ${number}`,
        created: new Date(1_750_000_000_000 + 60_000 * number),
      });
    const first = await visitor.get('/admin/reviews');
    expect(said(first)[0]).to.equal('no. 1');
    const second = await visitor.get(first.$('a[rel=next]').attr('href')!);
    expect(said(second)).to.deep.equal(['no. 21', 'no. 22']);
  });

  it('are shown with one press, which is in the books', async () => {
    const { user, visitor } = await staff();
    const plan = await aProduct();
    const review = await aReview(plan);
    const page = await visitor.get('/admin/reviews');
    const done = await visitor.post(`/admin/reviews/${review.id}/approval`, reading(page, review));
    expect(done.location).to.equal(`/admin/reviews?state=waiting&judged=${review.id}`);
    expect((await review.reload()).isApproved).to.equal(true);
    expect((await plan.reload()).ratingCount).to.equal(1);
    const entry = await AuditLog.findOne({ rejectOnEmpty: true });
    expect(entry).to.include({ actorId: user.id, action: 'approve', entity: 'reviews', entityId: review.id });
    expect(entry.before).to.deep.equal({ state: 'waiting', rejectionReason: null });
    expect(entry.after).to.deep.equal({ state: 'shown', rejectionReason: null });

    await visitor.post(`/admin/reviews/${review.id}/approval`, reading(page, review));
    expect(await AuditLog.count()).to.equal(1);
  });

  it('are rejected with a reason, also when they were shown, and shown again', async () => {
    const { user, visitor } = await staff();
    const plan = await aProduct();
    const review = await (await aReview(plan)).approve();
    const page = await visitor.get('/admin/reviews?state=shown');
    const form = { ...reading(page, review), state: 'shown', reason: ' It is about another shop. ' };
    const done = await visitor.post(`/admin/reviews/${review.id}/rejection`, form);
    expect(done.location).to.equal(`/admin/reviews?state=shown&judged=${review.id}`);
    expect(await review.reload()).to.include({
      isApproved: false,
      rejectionReason: 'It is about another shop.',
      rejectedById: user.id,
    });
    expect(review.rejectedAt).to.be.a('date');
    expect((await plan.reload()).ratingCount).to.equal(0);
    const entry = await AuditLog.findOne({ rejectOnEmpty: true });
    expect(entry.after).to.deep.equal({ state: 'rejected', rejectionReason: 'It is about another shop.' });

    const rejected = await visitor.get('/admin/reviews?state=rejected');
    expect(said(rejected)).to.deep.equal(['Worked everywhere.']);
    await visitor.post(`/admin/reviews/${review.id}/approval`, reading(rejected, review));
    expect(await review.reload()).to.include({ isApproved: true, rejectionReason: null, rejectedById: null });
  });

  it('are not rejected without a reason, nor with one that is too long or holds a code', async () => {
    const { visitor } = await staff();
    const review = await aReview(await aProduct());
    for (const reason of ['', '  ', 'x'.repeat(501), 'It holds LPA:1$smdp.example$CODE-1']) {
      const form = { reading: readingOf(review), reason };
      const page = await visitor.post(`/admin/reviews/${review.id}/rejection`, form);
      expectRefusal(page, 422, 'Please write a reason of 1 to 500 characters');
      expect(page.$(`#reason-${review.id}`).val()).to.equal(reason);
      expect(page.$('article details[open]')).to.have.length(1);
    }
    expect((await review.reload()).state()).to.equal('waiting');
    expect(await AuditLog.count({ where: { action: 'refused', entity: 'requests' } })).to.equal(4);
    expect(await AuditLog.count()).to.equal(4);
  });

  it('are judged by what was read: a writer who was faster is read again', async () => {
    const { visitor } = await staff();
    const review = await aReview(await aProduct());
    const page = await visitor.get('/admin/reviews');
    await review.update({ content: 'Buy at my shop!' });
    const form = { ...reading(page, review), reason: 'Dull' };
    for (const verdict of ['approval', 'rejection']) {
      const refused = await visitor.post(`/admin/reviews/${review.id}/${verdict}`, form);
      expectRefusal(refused, 409, 'This review was changed since you read it');
      expect(said(refused)).to.deep.equal(['Buy at my shop!']);
    }
    expect((await visitor.post(`/admin/reviews/${review.id}/approval`, {})).status).to.equal(409);
    expect((await review.reload()).state()).to.equal('waiting');
    await review.destroy();
    expect((await visitor.post(`/admin/reviews/${review.id}/approval`, form)).status).to.equal(404);
  });

  it('come with a warning beside links, addresses, phone numbers and codes', async () => {
    const { visitor } = await staff();
    const plan = await aProduct({ stock: 50 });
    const warned = async (content: string, title: string | null = null) => {
      await Review.destroy({ where: {} });
      await aReview(plan, { content, title });
      return (await visitor.get('/admin/reviews')).$('.notice-warn').text();
    };
    expect(await warned('See https://a.example')).to.contain('a link');
    expect(await warned('Fine', 'cheap-esims.com is better')).to.contain('a link');
    expect(await warned('Write to bob@example.org')).to.contain('an e-mail address');
    expect(await warned('Call +82 10-1234-5678')).to.contain('a phone number');
    expect(await warned('Mine was LPA:1$smdp.example$ABCDEFGH-1')).to.contain('an activation code');
    expect(await warned('5 GB for 7 days in 2026, 4.5 of 5. Worked in Kyoto.Then not.')).to.equal('');
  });
});
