import { expect } from 'chai';
import { CartItem, Order, type User } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aProduct, aPurchase, anOrder } from '../support/factories.js';
import { aLoggedInMember } from '../support/members.js';
import { statementsOf } from '../support/statements.js';
import { Visitor, type Page } from '../support/visitor.js';
import { work } from '../support/work.js';

const names = (page: Page) =>
  page
    .$('.line-name a')
    .toArray()
    .map((link) => page.$(link).text());

const soldOut = { provider: 'MobiMatter', providerProductId: 'MM-JP-1-sold-out' } as const;

/** Puts a plan of this name through the till, as far as the payment page. */
async function startBuying(visitor: Visitor, name: string, values = {}) {
  await CartItem.destroy({ where: {} });
  await visitor.put(await aProduct({ name, ...values }));
  return visitor.startPaying();
}

/** One of each: delivered, refunded, given up, and not paid yet. */
async function onesOfEach(visitor: Visitor) {
  world.stripe.pay(await startBuying(visitor, 'Ready'));
  await work();
  world.stripe.pay(await startBuying(visitor, 'Refunded', soldOut));
  await work();
  world.stripe.expire(await startBuying(visitor, 'Given up'));
  await work();
  await startBuying(visitor, 'Waiting');
}

async function unpaidOrders(user: User, count: number) {
  const plan = await aProduct({ stock: count });
  const purchase = await aPurchase({ userId: user.id, subtotalMinor: 450 * count, totalMinor: 450 * count });
  for (let position = 0; position < count; position += 1)
    await anOrder(plan, { userId: user.id, purchaseId: purchase.id, position });
}

describe('My orders', () => {
  it('are asked for after a log-in only, and lie on the way from the account', async () => {
    const { status, location } = await new Visitor().get('/account/orders?state=ready');
    expect([status, location]).to.deep.equal([303, '/login?next=%2Faccount%2Forders%3Fstate%3Dready']);
    const { visitor } = await aLoggedInMember();
    expect((await visitor.get('/account')).$('a[href="/account/orders"]')).to.have.length(1);
    expect((await visitor.get('/account/orders')).headers.get('Cache-Control')).to.equal('no-store');
  });

  it('say so while there are none, and where to go', async () => {
    const { visitor } = await aLoggedInMember();
    const page = await visitor.get('/account/orders');
    expect(page.text).to.contain('not bought anything');
    expect(page.$('main a[href="/destinations"]')).to.have.length(1);
    expect(page.$('main a[href="/orders/lookup"]')).to.have.length(1);
    expect(page.$('.tabs')).to.have.length(0);
  });

  it('stand there newest first, with date, amount, state and the way to each', async () => {
    const { visitor } = await aLoggedInMember();
    await onesOfEach(visitor);
    const page = await visitor.get('/account/orders');
    expect(names(page)).to.deep.equal(['Waiting', 'Given up', 'Refunded', 'Ready']);
    const badges = page.$('.badge').toArray();
    expect(badges.map((badge) => page.$(badge).text())).to.deep.equal([
      'Awaiting payment',
      'Not paid',
      'Refunded',
      'Ready',
    ]);
    expect(page.$('.line').last().text()).to.contain('$4.50').and.contain('UTC');
    const order = await Order.findOne({ where: { status: 'completed' }, rejectOnEmpty: true });
    expect(page.$('.line-name a').last().attr('href')).to.equal(`/orders/${order.publicId}`);
  });

  it('are sifted by what a shopper looks for: each order is in one of the lists', async () => {
    const { visitor } = await aLoggedInMember();
    await onesOfEach(visitor);
    const links = (await visitor.get('/account/orders')).$('.tabs a').toArray();
    expect(links).to.have.length(5);
    for (const [state, name] of Object.entries({
      under_way: 'Waiting',
      ready: 'Ready',
      refunded: 'Refunded',
      not_paid: 'Given up',
    })) {
      const page = await visitor.get(`/account/orders?state=${state}`);
      expect(names(page), state).to.deep.equal([name]);
      expect(page.$('.tabs [aria-current=page]').attr('href')).to.equal(`/account/orders?state=${state}`);
    }
  });

  it('say so when none is in a list', async () => {
    const { user, visitor } = await aLoggedInMember();
    await unpaidOrders(user, 1);
    const page = await visitor.get('/account/orders?state=ready');
    expect(page.text).to.contain('No eSIM is ready').and.not.contain('not bought anything');
    expect(page.$('main .panel a').attr('href')).to.equal('/account/orders');
  });

  it('come in pages that lose and repeat none, in a list of one state too', async () => {
    const { user, visitor } = await aLoggedInMember();
    await unpaidOrders(user, 45);
    for (const list of ['/account/orders', '/account/orders?state=under_way']) {
      const seen: string[] = [];
      let path: string | undefined = list;
      while (path) {
        const page: Page = await visitor.get(path);
        seen.push(
          ...page
            .$('.line-name a')
            .toArray()
            .map((link) => page.$(link).attr('href')!),
        );
        path = page.$('a:contains("Older orders")').attr('href');
        if (path) expect(path.includes('state=')).to.equal(list.includes('state='));
      }
      expect(seen).to.have.length(45);
      expect(new Set(seen).size).to.equal(45);
    }
  });

  it('take as many looks into the database for twenty as for one', async () => {
    const { user, visitor } = await aLoggedInMember();
    const looks = async () => (await statementsOf(() => visitor.get('/account/orders'))).length;
    await unpaidOrders(user, 1);
    const one = await looks();
    await unpaidOrders(user, 19);
    expect(await looks())
      .to.equal(one)
      .and.to.be.above(0);
  });

  it('are those of this account alone, whatever the address says', async () => {
    const { user } = await aLoggedInMember();
    await unpaidOrders(user, 3);
    const { visitor } = await aLoggedInMember();
    const newest = await Order.findOne({ rejectOnEmpty: true });
    for (const query of [
      '',
      '?state=under_way',
      `?before=${newest.created.getTime() + 1000}-${'z'.repeat(15)}`,
      `?state=all&user=${user.id}`,
      '?state=__proto__',
      '?state=ready&state=refunded',
      `?before=${'9'.repeat(3000)}`,
      '?before=1-2&before=3',
    ]) {
      const page = await visitor.get(`/account/orders${query}`);
      expect(page.status, query).to.equal(200);
      expect(names(page), query).to.deep.equal([]);
    }
  });
});
