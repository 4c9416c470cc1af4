import { expect } from 'chai';
import { DAY, clock } from '../../src/lib/clock.js';
import { Product } from '../../src/models/index.js';
import { dashboard } from '../../src/office/dashboard/dashboard.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';

import { buy, startBuying } from '../support/shopping.js';
import { workAfter } from '../support/work.js';
import { aColleague } from '../support/staff.js';

const usd = async (span: 'today' | 'week' | 'month') =>
  (await dashboard()).earned.spans[span].find(({ currency }) => currency === 'USD');

describe('The dashboard', () => {
  it('is the first page of the back office, and says so when nothing is sold yet', async () => {
    const { visitor } = await aColleague('support');
    const { text, $ } = await visitor.get('/admin');
    expect(text).to.contain('Nothing sold yet.').and.to.contain('Nothing needs a person.');
    expect($('nav a[href="/admin"]').attr('aria-current')).to.equal('page');
  });

  it('counts what came in, went out and is left, and who paid of those who began', async () => {
    const { visitor } = await aColleague();
    await buy(await aProduct({ priceMinor: 450 }));
    await buy([[await aProduct({ priceMinor: 1000 }), 2]]);
    await startBuying(await aProduct());
    world.airalo.fault('sold-out');
    await buy(await aProduct({ priceMinor: 700 }));
    await workAfter(60_000);

    const cost = world.airalo.ledger().reduce((sum, { costMinor }) => sum + costMinor, 0);
    expect(cost).to.be.above(0);
    expect(await usd('today')).to.deep.equal({
      currency: 'USD',
      purchases: 3,
      revenueMinor: 3150,
      refundsMinor: 700,
      costMinor: cost,
      profitMinor: 3150 - 700 - cost,
      averageMinor: 1050,
    });
    const { text } = await visitor.get('/admin');
    expect(text).to.contain('$31.50').and.to.contain('75.0 %').and.to.contain('3 paid of 4 begun');
  });

  it('counts the cost of a plan that is sold in another currency in that one, and once', async () => {
    await buy(await aProduct({ priceMinor: 9000, costMinor: 3000, currency: 'KRW' }));
    await buy(await aProduct());
    const { today } = (await dashboard()).earned.spans;
    const dollars = world.airalo.ledger().at(-1)!.costMinor;
    expect(
      today.map(({ currency, costMinor, profitMinor }) => [currency, costMinor, profitMinor]),
    ).to.have.deep.members([
      ['KRW', 3000, 6000],
      ['USD', dollars, 450 - dollars],
    ]);
  });

  it('knows today from the week and the month', async () => {
    await buy(await aProduct());
    clock.advance(2 * DAY);
    expect(await usd('today')).to.equal(undefined);
    expect((await usd('week'))!.purchases).to.equal(1);
    clock.advance(10 * DAY);
    expect(await usd('week')).to.equal(undefined);
    expect((await usd('month'))!.purchases).to.equal(1);
    expect((await dashboard()).earned.days.map(({ purchases }) => purchases).filter(Boolean)).to.deep.equal([
      1,
    ]);
  });

  it('names the plans that sell most, those that run out, and the order that nobody could deliver', async () => {
    const [often, once] = [await aProduct(), await aProduct({ stock: 2 })];
    await buy([[often, 2]]);
    world.airalo.fault('sold-out');
    await buy(once);
    const { orders, low, trouble } = await dashboard();
    expect(orders.plans.map(({ plan, count }) => [plan.id, count])).to.deep.equal([
      [often.id, 2],
      [once.id, 1],
    ]);
    expect(orders.countries).to.deep.equal([{ country: 'JP', count: 3 }]);
    expect(low.map(({ id }) => id)).to.deep.equal([once.id]);
    expect(trouble.failed).to.have.length(0);
    const { visitor } = await aColleague();
    expect((await visitor.get('/admin')).text).to.contain(once.name);
    expect(await Product.count()).to.equal(2);
  });

  it('brings itself up to date by a part of the page', async () => {
    const { visitor } = await aColleague();
    const { html, headers } = await visitor.get('/admin', { 'HX-Request-Type': 'partial' });
    expect(html.trim()).to.match(/^<div id="figures"/);
    expect(headers.get('Vary')).to.contain('HX-Request-Type');
  });
});
