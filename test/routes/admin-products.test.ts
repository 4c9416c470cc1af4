import { expect } from 'chai';
import { AuditLog, Product } from '../../src/models/index.js';
import { anOrder, aProduct } from '../support/factories.js';
import { expectRefusal } from '../support/members.js';
import { aColleague, booked, refusals } from '../support/staff.js';
import { Visitor, type Page } from '../support/visitor.js';

const LIST = '/admin/products';
const PARTIAL = { 'HX-Request-Type': 'partial' };

const names = (page: Page) =>
  page
    .$('.plan-name > a')
    .toArray()
    .map((link) => page.$(link).text());

/** What the form in a row would send. */
const formOf = (page: Page, product: Product, what: string) =>
  Object.fromEntries(
    new URLSearchParams(page.$(`#plan-${product.id} form[action$="/${what}"]`).first().serialize()),
  );

describe('Products in the back office', () => {
  it('stand in a list with what they earn, which support may look at alone', async () => {
    const product = await aProduct({ name: 'Japan', stock: 3 });
    const { visitor } = await aColleague('support');
    const page = await visitor.get(LIST);
    const row = page.$(`#plan-${product.id}`).text().replace(/\s+/g, ' ');
    for (const fact of ['Japan', 'JP', '1GB', '$4.50', '$1.17', '74%', '284.62%', 'On sale', '3'])
      expect(row).to.contain(fact);
    expect(page.$('table form')).to.have.length(0);
    expect((await visitor.get(`${LIST}/${product.id}`)).$('fieldset[disabled]')).to.have.length(1);
    for (const what of ['price', 'stock', 'switch', 'feature', 'archive', 'removal', 'offers'])
      expectRefusal(
        await visitor.post(`${LIST}/${product.id}/${what}`, {}),
        403,
        'Only an admin may do this.',
      );
    expect(await product.reload()).to.include({ priceMinor: 450, stock: 3, isActive: true });
    expect(await refusals()).to.equal(7);
  });

  it('are paged by the last row seen, whichever way they are sorted', async () => {
    const { visitor } = await aColleague();
    for (let number = 10; number < 70; number += 1)
      await aProduct({ name: `Plan ${number}`, priceMinor: 1000 - number, stock: number });
    await aProduct({ name: 'In won', currency: 'KRW', priceMinor: 6900, costMinor: 3900, stock: 9 });
    for (const [sort, first, last] of [
      ['newest', 'In won', 'Plan 10'],
      ['name', 'In won', 'Plan 69'],
      ['price', 'Plan 69', 'Plan 10'],
      ['price_down', 'Plan 10', 'Plan 69'],
      ['stock_down', 'Plan 69', 'In won'],
    ] as const) {
      const one = await visitor.get(`${LIST}?sort=${sort}`);
      const two = await visitor.get(one.$('a[rel=next]').attr('href')!);
      const all = [...names(one), ...names(two)];
      expect(all[0], sort).to.equal(first);
      expect(all.at(-1), sort).to.equal(last);
      expect(new Set(all).size, sort).to.equal(sort.startsWith('price') ? 60 : 61);
      expect(two.$('a[rel=next]')).to.have.length(0);
    }
    expect(names(await visitor.get(`${LIST}?sort=price&currency=KRW`))).to.deep.equal(['In won']);
  });

  it('are filtered and searched, and what cannot be read is not chosen', async () => {
    const { visitor } = await aColleague();
    await aProduct({ name: 'On sale', country: 'KR', provider: 'MobiMatter', isFeatured: true, stock: 40 });
    await aProduct({ name: 'Low', stock: 5, providerProductId: 'SKU-77' });
    await aProduct({ name: 'Sold out', stock: 0 });
    await aProduct({ name: 'Off', isActive: false, slug: 'special-address' });
    await aProduct({ name: 'Put away', isActive: false, archivedAt: new Date() });
    const found = async (query: string) => names(await visitor.get(`${LIST}?sort=name&${query}`));
    expect(await found('')).to.deep.equal(['Low', 'Off', 'On sale', 'Sold out']);
    expect(await found('state=active')).to.deep.equal(['Low', 'On sale']);
    expect(await found('state=low')).to.deep.equal(['Low']);
    expect(await found('state=sold_out')).to.deep.equal(['Sold out']);
    expect(await found('state=off')).to.deep.equal(['Off']);
    expect(await found('state=archived')).to.deep.equal(['Put away']);
    expect(await found('country=kr')).to.deep.equal(['On sale']);
    expect(await found('provider=MobiMatter')).to.deep.equal(['On sale']);
    expect(await found('featured=yes')).to.deep.equal(['On sale']);
    expect(await found('q=ON')).to.deep.equal(['On sale']);
    expect(await found('q=sku-7')).to.deep.equal(['Low']);
    expect(await found('q=special-')).to.deep.equal(['Off']);
    expect(await found('q=put&state=archived')).to.deep.equal(['Put away']);
    expect(await found('q=%25')).to.deep.equal([]);
    expect(await found('state=x&country=ZZ&provider=x&after=x&currency=GBP')).to.have.length(4);
    expect((await visitor.get(`${LIST}?q=nothing`)).text).to.contain('No plan is like this.');
  });

  it('get another price in their row, seen in the shop at once, and it stands in the books', async () => {
    const product = await aProduct();
    const { user, visitor } = await aColleague();
    const page = await visitor.get(`${LIST}?sort=name`);
    const form = { ...formOf(page, product, 'price'), price: '5,00' };
    const done = await visitor.post(`${LIST}/${product.id}/price`, form);
    expect(done.location).to.equal(`${LIST}?sort=name#plan-${product.id}`);
    expect((await new Visitor().get(`/products/${product.slug}`)).text).to.contain('$5.00');
    expect(await booked()).to.deep.equal([
      { action: 'price', before: { priceMinor: 450 }, after: { priceMinor: 500 } },
    ]);
    expect((await AuditLog.findOne({ where: { action: 'price' } }))!.actorId).to.equal(user.id);

    const next = formOf(await visitor.get(LIST), product, 'price');
    const row = await visitor.post(`${LIST}/${product.id}/price`, { ...next, price: '6' }, PARTIAL);
    expect(row.html).to.match(/^\s*<tr id="plan-/);
    expect(row.html).to.contain('was $5.00');
  });

  it('do not get a price that a rule forbids, or that a colleague has changed meanwhile', async () => {
    const product = await aProduct();
    const { visitor } = await aColleague();
    const form = formOf(await visitor.get(LIST), product, 'price');
    const set = (price: string, headers = {}) =>
      visitor.post(`${LIST}/${product.id}/price`, { ...form, price }, headers);
    const low = await set('1.17');
    expectRefusal(low, 422, 'The price must be above the cost.');
    expect(low.$(`#plan-${product.id} input[name=price]`).val()).to.equal('1.17');
    expectRefusal(await set('10000.01'), 422, 'at most 10,000.00');
    expectRefusal(await set('cheap'), 422, 'Please write an amount like 12.50');
    await product.update({ priceMinor: 500 });
    for (const headers of [{}, PARTIAL])
      expectRefusal(
        await set('4.00', headers),
        409,
        'You saw $4.50, but a colleague has made it $5.00 since.',
      );
    expect((await product.reload()).priceMinor).to.equal(500);
    expect(await booked()).to.deep.equal([]);
    expect(await refusals()).to.equal(5);
  });

  it('get units and lose them, and no sale is lost; never below none', async () => {
    const product = await aProduct({ stock: 5 });
    const { visitor } = await aColleague();
    await anOrder(product);
    const move = (units: string) => visitor.post(`${LIST}/${product.id}/stock`, { units, back: LIST });
    await move('+5');
    expect((await product.reload()).stock).to.equal(9);
    await move('−2');
    expect((await product.reload()).stock).to.equal(7);
    expectRefusal(await move('-8'), 422, 'There are only 7 left, so 8 cannot be taken away.');
    for (const odd of ['', '0', 'all', '1.5', '99999999'])
      expectRefusal(await move(odd), 422, 'like +5 or -2');
    await move('-7');
    expect((await product.reload()).state()).to.equal('sold_out');
    expect((await booked()).at(-1)).to.deep.equal({
      action: 'stock',
      before: { stock: 7, isActive: true, deactivatedByStock: false },
      after: { stock: 0, isActive: false, deactivatedByStock: true },
    });
    await Promise.all([move('+1'), move('+1'), move('+1')]);
    expect(await product.reload()).to.include({ stock: 3, isActive: true });
  });

  it('are switched off and on, and featured, by one press each', async () => {
    const product = await aProduct();
    const { visitor } = await aColleague();
    const press = async (what: string) =>
      visitor.post(`${LIST}/${product.id}/${what}`, formOf(await visitor.get(LIST), product, what));
    await press('switch');
    expect((await new Visitor().get(`/products/${product.slug}`)).status).to.equal(404);
    await press('switch');
    expect((await new Visitor().get(`/products/${product.slug}`)).status).to.equal(200);
    await press('feature');
    expect((await product.reload()).isFeatured).to.equal(true);
    await press('feature');
    expect((await booked()).map(({ action }) => action)).to.deep.equal([
      'switch_off',
      'switch_on',
      'feature',
      'unfeature',
    ]);
  });

  it('are put away for good, and brought back switched off', async () => {
    const product = await aProduct();
    await anOrder(product);
    const { visitor } = await aColleague();
    await visitor.post(`${LIST}/${product.id}/archive`, {});
    expect((await new Visitor().get(`/products/${product.slug}`)).status).to.equal(404);
    expect(names(await visitor.get(LIST))).to.deep.equal([]);
    expectRefusal(
      await visitor.post(`${LIST}/${product.id}/switch`, { to: 'on' }),
      422,
      'This plan is archived. Bring it back',
    );
    await visitor.post(`${LIST}/${product.id}/stock`, { units: '-9' });
    await visitor.post(`${LIST}/${product.id}/stock`, { units: '+9' });
    expect((await product.reload()).state()).to.equal('archived');
    await visitor.post(`${LIST}/${product.id}/archive/removal`, {});
    expect((await product.reload()).state()).to.equal('off');
  });

  it('are deleted only when nobody ever ordered them, after a page that asks', async () => {
    const [ordered, fresh] = [await aProduct(), await aProduct()];
    await anOrder(ordered);
    const { visitor } = await aColleague();
    expectRefusal(
      await visitor.post(`${LIST}/${ordered.id}/removal`, {}),
      422,
      'was ordered, so it is not deleted',
    );
    expect((await visitor.get(`${LIST}/${fresh.id}/removal`)).text).to.contain('Delete this plan?');
    expect((await visitor.post(`${LIST}/${fresh.id}/removal`, {})).location).to.equal(LIST);
    expect((await Product.findAll()).map(({ id }) => id)).to.deep.equal([ordered.id]);
    expect((await booked()).at(-1)).to.deep.include({ action: 'delete', after: null });
    expect((await visitor.post(`${LIST}/${fresh.id}/removal`, {})).status).to.equal(404);
  });
});
