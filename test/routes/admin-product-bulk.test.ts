import { expect } from 'chai';
import { Product } from '../../src/models/index.js';
import { aProduct } from '../support/factories.js';
import { expectRefusal } from '../support/members.js';
import { aColleague, booked } from '../support/staff.js';
import type { Page } from '../support/visitor.js';

const BULK = '/admin/products/bulk';
const LIST = '/admin/products';

const look = (values: Record<string, string>, products: Product[] = []) => {
  const query = new URLSearchParams({ back: LIST, ...values });
  for (const { id } of products) query.append('id', id);
  return `${BULK}?${query.toString()}`;
};

const formOf = (page: Page) => new URLSearchParams(page.$(`form[action="${BULK}"]`).serialize());

describe('Many plans at once', () => {
  it('get other prices: the good ones, as they were seen, each in the books', async () => {
    const good = await aProduct({ priceMinor: 450, costMinor: 117 });
    const odd = await aProduct({ priceMinor: 333, costMinor: 117 });
    const tight = await aProduct({ name: 'Tight', priceMinor: 450, costMinor: 440 });
    const { visitor } = await aColleague();
    const page = await visitor.get(look({ action: 'reprice', percent: '-10%' }, [good, odd, tight]));
    expect(page.text).to.contain('Each price falls by 10%, rounded to the nearest cent');
    expect(page.text).to.contain('Tight $4.50 → $4.05 at a cost of $4.40: The price must be above the cost.');
    expect(page.$('tbody').text().replace(/\s+/g, ' ')).to.contain('$4.50$4.05').and.contain('$3.33$3.00');
    const done = await visitor.post(BULK, formOf(page));
    expect(done.location).to.equal(LIST);
    const prices = await Promise.all(
      [good, odd, tight].map(async (plan) => (await plan.reload()).priceMinor),
    );
    expect(prices).to.deep.equal([405, 300, 450]);
    expect(await booked()).to.have.deep.members([
      { action: 'price', before: { priceMinor: 450 }, after: { priceMinor: 405 } },
      { action: 'price', before: { priceMinor: 333 }, after: { priceMinor: 300 } },
    ]);
  });

  it('are not changed when one of them is not what was seen any more', async () => {
    const [one, other] = [await aProduct(), await aProduct()];
    const { visitor } = await aColleague();
    const form = formOf(await visitor.get(look({ action: 'reprice', percent: '5' }, [one, other])));
    await other.update({ priceMinor: 500 });
    const refused = await visitor.post(BULK, form);
    expectRefusal(refused, 409, 'Some of these plans were changed since you looked.');
    expect((await one.reload()).priceMinor).to.equal(450);
    expect(await booked()).to.deep.equal([]);
    await visitor.post(BULK, formOf(refused));
    expect((await other.reload()).priceMinor).to.equal(525);
    expectRefusal(await visitor.post(BULK, formOf(refused)), 409, 'changed since you looked');
  });

  it('are switched, featured and archived, and what is so already is left alone', async () => {
    const [on, off, empty] = [
      await aProduct(),
      await aProduct({ isActive: false }),
      await aProduct({ stock: 0, isActive: false }),
    ];
    await empty.update({ isActive: false, deactivatedByStock: false });
    const all = [on, off, empty];
    const { visitor } = await aColleague();
    const act = async (action: string) => {
      const page = await visitor.get(look({ action }, all));
      await visitor.post(BULK, formOf(page));
      return [page.text, ...(await Promise.all(all.map(async (plan) => (await plan.reload()).state())))];
    };
    const [text, ...states] = await act('on');
    expect(text).to.contain('Switch on 2 plans?').and.contain('1 plan would not change');
    expect(states).to.deep.equal(['active', 'active', 'sold_out']);
    expect((await act('off')).slice(1)).to.deep.equal(['off', 'off', 'off']);
    expect((await act('feature')).slice(1)).to.deep.equal(['off', 'off', 'off']);
    expect(await Product.count({ where: { isFeatured: true } })).to.equal(3);
    expect((await act('archive')).slice(1)).to.deep.equal(['archived', 'archived', 'archived']);
    expect((await act('on'))[0])
      .to.contain('3 plans cannot be changed')
      .and.contain('This plan is archived');
  });

  it('may be all that match what is chosen', async () => {
    for (let number = 0; number < 60; number += 1) await aProduct();
    const korean = await aProduct({ country: 'KR' });
    const { visitor } = await aColleague();
    const page = await visitor.get(look({ action: 'feature', all: 'yes', back: `${LIST}?country=JP` }));
    expect(page.text).to.contain('Feature 60 plans?');
    await visitor.post(BULK, formOf(page));
    expect(await Product.count({ where: { isFeatured: true } })).to.equal(60);
    expect((await korean.reload()).isFeatured).to.equal(false);
  });

  it('are asked for with an action and something ticked, and a percentage that can be', async () => {
    const product = await aProduct();
    const { visitor } = await aColleague();
    const ask = (values: Record<string, string>, products: Product[] = [product]) =>
      visitor.get(look(values, products));
    expectRefusal(await ask({ action: '' }), 422, 'Please choose what to do');
    expectRefusal(await ask({ action: 'on' }, []), 422, 'Please tick the plans');
    for (const percent of ['', '0', '-91', '501', 'five', '1.234'])
      expectRefusal(await ask({ action: 'reprice', percent }), 422, 'a percentage from -90 to 500');
    expectRefusal(
      await visitor.post(BULK, { action: 'on', id: product.id, seen: 'x' }),
      409,
      'changed since',
    );
    expect((await ask({ action: 'on', back: 'https://evil.example/' })).$('a[href*=evil]')).to.have.length(0);
  });
});
