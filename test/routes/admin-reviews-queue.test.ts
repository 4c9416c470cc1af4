import { expect } from 'chai';
import { MINUTE } from '../../src/lib/clock.js';
import { AuditLog, EmailLog, Review, type Product } from '../../src/models/index.js';
import { approveReview, readingOf, rejectReview } from '../../src/reviews/moderate.js';

import { world } from '../support/environment.js';
import { aProduct, aUser } from '../support/factories.js';
import { expectRefusal, mailTo } from '../support/members.js';
import { aReview } from '../support/reviews.js';
import { refusal } from '../support/refusals.js';
import { Visitor, type Page } from '../support/visitor.js';
import { workAfter } from '../support/work.js';
import { aColleague } from '../support/staff.js';

const ids = (page: Page) =>
  page
    .$('article')
    .toArray()
    .map((article) => page.$(article).attr('id')!.replace('review-', ''));

/** Reviews of a plan that wait, a minute apart. */
async function waiting(count: number, plan: Product, values: object = {}) {
  const reviews = [];
  for (let number = 0; number < count; number += 1)
    reviews.push(await aReview(plan, { created: new Date(1_750_000_000_000 + number * 60_000), ...values }));
  return reviews;
}

const at = ({ id }: Review, what: string) => `/admin/reviews/${id}/${what}`;
const seen = (review: Review) => ({ reading: readingOf(review) });
const reason = 'It is about another shop.';
const tick = (review: Review): [string, string] => ['review', `${review.id}.${readingOf(review)}`];

describe('The queue of reviews', () => {
  it('goes on with the next one after each judgement', async () => {
    const { visitor } = await aColleague('support');
    const [first, second, third] = await waiting(3, await aProduct());
    const done = await visitor.post(at(second!, 'approval'), seen(second!));
    expect(done.location).to.equal(`/admin/reviews?state=waiting&judged=${second!.id}#review-${third!.id}`);
    const last = await visitor.post(at(third!, 'rejection'), { ...seen(third!), reason });
    expect(last.location).to.match(new RegExp(`#review-${first!.id}$`));
    const partial = { 'HX-Request-Type': 'partial' };
    const swapped = await visitor.post(at(first!, 'approval'), seen(first!), partial);
    expect(swapped.status).to.equal(200);
    expect(swapped.html).to.contain('id="queue"').and.not.contain('<html');
    expect(swapped.text).to.contain('Shown: Worked everywhere.');
  });

  it('is filtered by plan, stars and flags, and counts each state', async () => {
    const { visitor } = await aColleague('support');
    const [plan, other] = [await aProduct(), await aProduct()];
    const [good] = await waiting(1, plan);
    const [bad] = await waiting(1, plan, { rating: 1, content: 'Call +82 10-1234-5678' });
    const [elsewhere] = await waiting(1, other);
    await (await aReview(plan)).approve();
    const list = async (query: string) => ids(await visitor.get(`/admin/reviews?${query}`));
    expect(await list('')).to.have.members([good!.id, bad!.id, elsewhere!.id]);
    expect(await list(`plan=${plan.slug}`)).to.have.members([good!.id, bad!.id]);
    expect(await list(`plan=${plan.slug}&stars=1`)).to.deep.equal([bad!.id]);
    expect(await list('flagged=yes')).to.deep.equal([bad!.id]);
    expect(await list(`plan=nowhere&stars=9&flagged=no&state=x&after=${'z'.repeat(90)}`)).to.have.length(3);
    const page = await visitor.get(`/admin/reviews?plan=${plan.slug}`);
    expect(page.text).to.contain('waiting (2)').and.to.contain('shown (1)').and.to.contain('rejected (0)');
    const nothing = await visitor.get('/admin/reviews?stars=3');
    expect(nothing.text).to.contain('No reviews are waiting that fit these filters.');
  });

  it('takes a judgement back, if it is one’s own and the last', async () => {
    const { visitor } = await aColleague('support');
    const colleague = await aColleague('support');
    const [review] = await waiting(1, await aProduct());
    expectRefusal(await visitor.post(at(review!, 'undo'), {}), 409, 'There is no judgement');
    await visitor.post(at(review!, 'rejection'), { ...seen(review!), reason });
    expectRefusal(await colleague.visitor.post(at(review!, 'undo'), {}), 409, 'A colleague has judged');
    const undone = await visitor.post(at(review!, 'undo'), {});
    expect(undone.location).to.equal(`/admin/reviews?state=waiting#review-${review!.id}`);
    expect((await review!.reload()).state()).to.equal('waiting');
    expectRefusal(await visitor.post(at(review!, 'undo'), {}), 409, 'There is no judgement');
    expect((await AuditLog.findAll()).map(({ action }) => action)).to.include.members(['reject', 'undo']);
    // The mail had not left yet.
    await workAfter(11 * MINUTE);
    expect(world.mailbox.mails()).to.deep.equal([]);
    expect(await EmailLog.count({ where: { kind: 'review_rejected' } })).to.equal(0);
  });

  it('tells the writer why, once, ten minutes later', async () => {
    const user = await aUser({ email: 'writer@example.com' });
    const { visitor } = await aColleague('support');
    const [review] = await waiting(1, await aProduct(), { user, content: 'Buy <b>my</b> maps.' });
    const form = { ...seen(review!), reason };
    await visitor.post(at(review!, 'rejection'), form);
    await visitor.post(at(review!, 'rejection'), form);
    await workAfter(9 * MINUTE);
    expect(world.mailbox.mails()).to.have.length(0);
    await workAfter(2 * MINUTE);
    const mail = await mailTo('writer@example.com');
    expect(mail.subject).to.contain('is not shown');
    expect(mail.text).to.contain(reason).and.to.contain('> Buy <b>my</b> maps.');
    expect(world.mailbox.mails()).to.have.length(1);
  });

  it('judges several at once, and says which stopped', async () => {
    const { visitor } = await aColleague('support');
    const reviews = await waiting(3, await aProduct(), { created: new Date() });
    const ticks = reviews.map(tick);
    expectRefusal(
      await visitor.post('/admin/reviews/judgements', { verdict: 'approve' }),
      422,
      'Please tick',
    );
    const without = await visitor.post(
      '/admin/reviews/judgements',
      new URLSearchParams([['verdict', 'reject'], ...ticks]),
    );
    expectRefusal(without, 422, 'Please write a reason');
    await reviews[2]!.update({ content: 'Buy at my shop!' });
    const some = await visitor.post(
      '/admin/reviews/judgements',
      new URLSearchParams([['verdict', 'approve'], ...ticks]),
    );
    expectRefusal(some, 409, 'This review was changed since you read it');
    expect(await Review.count({ where: { isApproved: true } })).to.equal(2);
    const rest: [string, string][] = [
      ['verdict', 'reject'],
      ['reason', reason],
      ['review', 'nonsense'],
      tick(await reviews[2]!.reload()),
    ];
    const done = await visitor.post('/admin/reviews/judgements', new URLSearchParams(rest));
    expect(done.location).to.equal('/admin/reviews?state=waiting&done=1');
    expect(await AuditLog.count({ where: { action: ['approve', 'reject'] } })).to.equal(3);
  });

  it('of two colleagues at once lets one judge, and tells the other', async () => {
    const [one, other] = [(await aColleague()).user, (await aColleague('support')).user];
    for (const [review] of await Promise.all(
      [aProduct(), aProduct()].map(async (plan) => waiting(1, await plan)),
    )) {
      const reading = readingOf(review!);
      const results = await Promise.allSettled([
        approveReview(review!.id, reading, one),
        rejectReview(review!.id, reading, reason, other),
      ]);
      expect(results.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected']);
      await review!.reload();
      expect(await refusal(rejectReview(review!.id, reading, 'Another', one))).to.equal(
        'errors.desk.colleague',
      );
    }
    expect(await AuditLog.count({ where: { action: ['approve', 'reject'] } })).to.equal(2);
  });
});

describe('The shop’s answer to a review', () => {
  it('stands below the review for everybody, is changed and removed, and is in its history', async () => {
    const { user, visitor } = await aColleague('support');
    const plan = await aProduct();
    const [review] = await waiting(1, plan);
    await visitor.post(at(review!, 'approval'), seen(review!));
    const shown = async () => (await new Visitor().get(`/products/${plan.slug}`)).$('.review-reply').text();
    for (const reply of ['Thank you <b>very</b> much!', 'Thanks.']) {
      await visitor.post(at(review!, 'reply'), { reply });
      expect(await shown())
        .to.contain(reply)
        .and.to.contain('The shop answers');
    }
    expect(await review!.reload()).to.include({ repliedById: user.id });
    for (const reply of ['', 'x'.repeat(1001), 'Use LPA:1$a.example$B', 'Write to me@example.com']) {
      const refused = await visitor.post(at(review!, 'reply'), { reply });
      expectRefusal(refused, 422, 'Please write an answer');
      expect(refused.$('#reply').val()).to.equal(reply);
    }
    await visitor.post(at(review!, 'reply/removal'), {});
    expect(await shown()).to.equal('');
    const history = (await visitor.get(`/admin/reviews/${review!.id}`)).$('.timeline li');
    expect(history).to.have.length(4);
    expect(await AuditLog.count({ where: { action: 'refused' } })).to.equal(4);
  });
});
