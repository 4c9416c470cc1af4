import { expect } from 'chai';
import { Review, ReviewVote, type Product } from '../../src/models/index.js';
import { aProduct, aUser } from '../support/factories.js';
import { aLoggedInMember, expectRefusal } from '../support/members.js';
import { aReview, aShownReview } from '../support/reviews.js';
import { Visitor, type Page } from '../support/visitor.js';

const HTMX = { 'HX-Request-Type': 'partial' };

/** What the reviews on a page say, in their order. */
const said = (page: Page) =>
  page
    .$('.review-list .as-typed')
    .toArray()
    .map((text) => page.$(text).text());

const list = ({ slug }: Product, query = '') => new Visitor().get(`/products/${slug}/reviews${query}`);

/** Twelve reviews, two in every tenth of a second. */
async function aTalkedOfPlan() {
  const plan = await aProduct({ stock: 50 });
  for (let number = 1; number <= 12; number += 1) {
    const created = new Date(Date.UTC(2026, 0, 1) + 100 * (number >> 1));
    await aShownReview(plan, { content: `no. ${number}`, rating: (number % 5) + 1, created });
  }
  return plan;
}

describe('The reviews of a plan', () => {
  it('stand on its page with average, stars and writers, once they are approved', async () => {
    const plan = await aProduct();
    await aShownReview(plan, { user: await aUser({ name: 'Mina Park' }), title: 'Fast', rating: 5 });
    await aShownReview(plan, { rating: 2, content: 'Slow.' });
    const former = await aUser({ name: 'Bob' });
    await aShownReview(plan, { user: former, rating: 2, content: 'Fine.' });
    await former.close();
    await aReview(plan, { content: 'Not read yet.' });
    await (await aReview(plan, { content: 'Not fit.' })).reject('Advertising', former.id);

    for (const path of [`/products/${plan.slug}`, `/products/${plan.slug}/reviews`]) {
      const page = await new Visitor().get(path);
      expect(page.status).to.equal(200);
      expect(said(page)).to.have.members(['Worked everywhere.', 'Slow.', 'Fine.']);
      expect(page.text).to.contain('Mina').and.contain('Verified buyer').and.contain('Former customer');
      expect(page.text).to.not.match(/Park|Bob|Not read|Not fit|example\.com/);
      expect(page.$('.review-average').text()).to.contain('3.0').and.contain('3 reviews');
      expect(page.$('.review-bar-count').text()).to.equal('10020');
      expect(page.$('.badge-ok')).to.have.length(3);
      expect(page.headers.get('Cache-Control')).to.equal('private, no-cache');
      expect(page.headers.get('Set-Cookie')).to.equal(null);
    }
    expect((await new Visitor().get('/products')).text).to.contain('3.0 of 5 (3 reviews)');
  });

  it('are none yet, and the page says so', async () => {
    const plan = await aProduct();
    for (const path of [`/products/${plan.slug}`, `/products/${plan.slug}/reviews`])
      expect((await new Visitor().get(path)).$('#reviews').text()).to.contain('No reviews yet');
  });

  it('say no more of a purchase that was given back', async () => {
    const plan = await aProduct();
    const review = await aShownReview(plan);
    const order = (await review.reload({ include: 'order' })).order!;
    await order.recordRefund('Customer asked');
    const page = await list(plan);
    expect(said(page)).to.deep.equal(['Worked everywhere.']);
    expect(page.text).to.contain('A buyer').and.not.contain('Verified');
  });

  it('are text: what looks like markup stands there as it was written', async () => {
    const plan = await aProduct();
    const content = '<img src=x onerror=alert(1)> <b hx-get="/admin">hi</b>\n${7*7}';
    await aShownReview(plan, { content, title: '"><script>alert(1)</script>' });
    const page = await list(plan);
    expect(said(page)).to.deep.equal([content]);
    expect(page.$('.review-list').find('script, img, b')).to.have.length(0);
    expect(page.$('.as-typed').attr('hx-ignore')).to.equal('');
  });

  it('are read in four orders, page after page, each once', async () => {
    const plan = await aTalkedOfPlan();
    const { id } = await Review.findOne({ where: { content: 'no. 3' }, rejectOnEmpty: true });
    await ReviewVote.create({ reviewId: id, userId: (await aUser()).id });
    const numbers = async (sort: string) => {
      const seen: string[] = [];
      let path: string | undefined = `/products/${plan.slug}/reviews?sort=${sort}`;
      while (path) {
        const page: Page = await new Visitor().get(path);
        seen.push(...said(page));
        path = page.$('a[rel=next]').attr('href');
      }
      expect(new Set(seen), sort).to.have.length(12);
      expect(seen, sort).to.have.length(12);
      return seen;
    };
    expect((await numbers('newest'))[0]).to.equal('no. 12');
    expect((await numbers('newest')).at(-1)).to.equal('no. 1');
    expect((await numbers('helpful'))[0]).to.equal('no. 3');
    const stars = (content: string) => (Number(content.slice(4)) % 5) + 1;
    const highest = (await numbers('highest')).map(stars);
    expect(highest).to.deep.equal(highest.toSorted((a, b) => b - a));
    const lowest = (await numbers('lowest')).map(stars);
    expect(lowest).to.deep.equal(lowest.toSorted((a, b) => a - b));
  });

  it('do not move from page to page when a new one comes', async () => {
    const plan = await aTalkedOfPlan();
    const first = await list(plan, '?sort=newest');
    await aShownReview(plan, { content: 'new' });
    const second = await new Visitor().get(first.$('a[rel=next]').attr('href')!);
    const all = Array.from({ length: 12 }, (_, index) => `no. ${index + 1}`);
    expect([...said(first), ...said(second)]).to.have.members(all);
  });

  it('are read by stars alone, as links, and swapped by htmx', async () => {
    const plan = await aTalkedOfPlan();
    const page = await list(plan);
    const only = page.$('.review-bars a').first().attr('href')!;
    expect(only).to.equal(`/products/${plan.slug}/reviews?stars=5`);
    expect(said(await new Visitor().get(only))).to.have.members(['no. 4', 'no. 9']);
    const swapped = await new Visitor().get(only, HTMX);
    expect(swapped.html.trim()).to.match(/^<section id="reviews"/);
    expect(swapped.headers.get('Vary')).to.contain('HX-Request-Type');
    const plain = await aProduct();
    await aShownReview(plain, { rating: 5 });
    expect((await list(plain, '?stars=2')).text).to.contain('There is no review like that');
  });

  it('take any question for one that can be answered', async () => {
    const plan = await aTalkedOfPlan();
    for (const query of [
      '?sort=created;DROP&stars=9&before=1-1-x',
      '?sort=newest&sort=helpful',
      '?stars=-1',
      "?before=' OR 1=1 --",
      '?before=999999999-999999999999999-aaaaaaaaaaaaaaa',
    ])
      expect((await list(plan, query)).status, query).to.equal(200);
    expect((await new Visitor().get('/products/nope/reviews')).status).to.equal(404);
    const hidden = await aProduct({ isActive: false });
    expect((await list(hidden)).status).to.equal(404);
  });
});

describe('Helpful', () => {
  const vote = (visitor: Visitor, { id }: Review, end = '', headers = {}) =>
    visitor.post(`/reviews/${id}/votes${end}`, {}, headers);

  it('is said once by an account, and taken back, with forms alone', async () => {
    const plan = await aProduct();
    const review = await aShownReview(plan);
    const { visitor } = await aLoggedInMember();
    const back = `/products/${plan.slug}/reviews#review-${review.id}`;
    expect((await vote(visitor, review)).location).to.equal(back);
    expect((await vote(visitor, review)).location).to.equal(back);
    expect((await review.reload()).helpfulCount).to.equal(1);
    const page = await visitor.get(`/products/${plan.slug}/reviews`);
    expect(page.text).to.contain('1 person found this helpful').and.contain('You found this helpful');
    expect(page.$('.vote form').attr('action')).to.equal(`/reviews/${review.id}/votes/removal`);

    await vote(visitor, review, '/removal');
    await vote(visitor, review, '/removal');
    expect((await review.reload()).helpfulCount).to.equal(0);
  });

  it('is one vote, also when the button is pressed several times at once', async () => {
    const review = await aShownReview(await aProduct());
    const { visitor } = await aLoggedInMember();
    const pages = await Promise.all([1, 2, 3, 4].map(() => vote(visitor, review)));
    expect(pages.map(({ status }) => status)).to.deep.equal([303, 303, 303, 303]);
    expect((await review.reload()).helpfulCount).to.equal(1);
  });

  it('answers htmx with the button alone', async () => {
    const review = await aShownReview(await aProduct());
    const { visitor } = await aLoggedInMember();
    const page = await vote(visitor, review, '', HTMX);
    expect(page.html.trim()).to.match(/^<div class="vote">/);
    expect(page.text).to.contain('You found this helpful').and.contain('1 person');
    expect((await vote(visitor, review, '/removal', HTMX)).text).to.equal('Helpful');
  });

  it('leads guests to log in, and back', async () => {
    const plan = await aProduct();
    const review = await aShownReview(plan);
    const login = `/login?next=${encodeURIComponent(`/products/${plan.slug}/reviews#review-${review.id}`)}`;
    const guest = new Visitor();
    expect((await vote(guest, review)).location).to.equal(login);
    const swapped = await vote(guest, review, '', HTMX);
    expect([swapped.status, swapped.headers.get('HX-Redirect')]).to.deep.equal([204, login]);
    expect((await guest.get(`/products/${plan.slug}`)).$('.vote a').attr('href')).to.equal(login);
    expect(await ReviewVote.count()).to.equal(0);
  });

  it('is not for one’s own review, nor for one that is not shown', async () => {
    const plan = await aProduct();
    const { user, visitor } = await aLoggedInMember();
    const own = await aShownReview(plan, { user });
    expectRefusal(await vote(visitor, own), 422, 'You cannot find your own review helpful');
    expect((await visitor.get(`/products/${plan.slug}`)).$('.vote').text()).to.contain('Your review');

    const waiting = await aReview(plan);
    expect((await vote(visitor, waiting)).status).to.equal(404);
    expect((await vote(visitor, waiting, '/removal')).status).to.equal(404);
    expect((await visitor.post('/reviews/nobodysreview00/votes', {})).status).to.equal(404);
    expect((await vote(visitor, own, '', { 'Sec-Fetch-Site': 'cross-site' })).status).to.equal(403);
    expect(await ReviewVote.count()).to.equal(0);
  });
});
