import { expect } from 'chai';
import { Product } from '../../src/models/index.js';
import { aProduct } from '../support/factories.js';
import { expectRefusal } from '../support/members.js';
import { aColleague, booked, refusals } from '../support/staff.js';
import type { Page } from '../support/visitor.js';

const LIST = '/admin/products';

const PLAN = {
  name: 'Türkiye 5 GB – 30 days',
  slug: '',
  country: 'tr',
  duration: '30',
  data_limit: '5GB',
  price: '12,50',
  cost: '4.10',
  currency: 'EUR',
  provider: 'Airalo',
  provider_product_id: 'tr-5',
  stock: '7',
  sort_order: '0',
  is_active: 'yes',
};

const formOf = (page: Page) =>
  Object.fromEntries(new URLSearchParams(page.$('form:has([name=slug])').serialize()));

describe('The form of a plan', () => {
  it('creates one, with an address made of its name and money in its currency', async () => {
    const { visitor } = await aColleague();
    const coverage = 'TR, FR de';
    const features = 'Fast\r\n\r\nCheap';
    const { location } = await visitor.post(LIST, { ...PLAN, coverage, features, hotspot: 'Allowed' });
    const plan = await Product.findOne({ rejectOnEmpty: true });
    expect(location).to.equal(`${LIST}/${plan.id}?done=created`);
    expect(plan).to.include({
      slug: 'turkiye-5-gb-30-days',
      country: 'TR',
      priceMinor: 1250,
      costMinor: 410,
      dataMb: 5120,
      stock: 7,
      hotspot: 'Allowed',
      speed: null,
    });
    expect(plan.coverage).to.deep.equal(['TR', 'FR', 'DE']);
    expect(plan.features).to.deep.equal(['Fast', 'Cheap']);
    expect((await booked())[0]).to.deep.include({ action: 'create', before: null });
    expect((await visitor.get(location!)).text).to.contain(
      '€8.40 a sale · margin 67.2% of the price · markup 204.88%',
    );
  });

  it('says at each field what is wrong with it, and keeps what was typed', async () => {
    const { slug } = await aProduct();
    const { visitor } = await aColleague();
    for (const [change, field, sentence] of [
      [{ name: '' }, 'name', 'A name has 1 to 200 characters.'],
      [{ slug: 'Not A Slug' }, 'slug', 'Use small letters'],
      [{ slug }, 'slug', 'Another plan has this address already.'],
      [{ name: '日本', slug: '' }, 'slug', 'the name has no letters'],
      [{ country: 'ZZ' }, 'country', 'not a country code'],
      [{ coverage: 'FR DE' }, 'coverage', 'include its own'],
      [{ duration: '0' }, 'duration', 'at least 1'],
      [{ duration: '1.5' }, 'duration', 'at least 1'],
      [{ data_limit: 'a lot' }, 'data_mb', 'megabytes'],
      [{ price: '4.10' }, 'price', 'must be above the cost'],
      [{ price: '10000.01' }, 'price', 'at most 10,000.00'],
      [{ price: '' }, 'price', 'an amount like 12.50'],
      [{ currency: 'JPY' }, 'price', 'an amount like 12.50'],
      [{ cost: 'x' }, 'cost', 'an amount like 12.50'],
      [{ provider: 'Nobody' }, 'provider', 'wholesalers that we buy from'],
      [{ provider_product_id: ' ' }, 'provider_product_id', 'product number'],
      [{ stock: '-1' }, 'stock', 'at least 0'],
      [{ sort_order: '' }, 'sort_order', 'whole number'],
      [{ image_url: 'javascript:alert(1)' }, 'image_url', 'starts with https'],
      [{ description: 'x'.repeat(5001) }, 'description', 'at most 5,000'],
      [{ install_within_days: 'soon' }, 'install_within_days', 'at least 1'],
    ] as [Record<string, string>, string, string][]) {
      const page = await visitor.post(LIST, { ...PLAN, ...change });
      expectRefusal(page, 422, sentence);
      expect(page.$(`#${field}-error`).text(), field).to.contain(sentence);
      expect(page.$('#provider_product_id').val()).to.equal(change.provider_product_id ?? 'tr-5');
    }
    expect(await Product.count()).to.equal(1);
    expect(await refusals()).to.equal(21);
  });

  it('keeps a formula in a name as text, harmless on every page', async () => {
    const { visitor } = await aColleague();
    const name = '=HYPERLINK("https://evil.example","<b>Win</b>")';
    const { location } = await visitor.post(LIST, { ...PLAN, name, slug: 'formula' });
    expect((await Product.findOne())!.name).to.equal(name);
    for (const path of [location!, LIST, '/products/formula']) {
      const page = await visitor.get(path);
      expect(page.text).to.contain(name);
      expect(page.html).to.not.contain('<b>Win');
    }
  });

  it('changes a plan, leaves its stock alone, and writes down what changed', async () => {
    const plan = await aProduct({ coverage: ['JP', 'KR'], features: ['A', 'B'], description: 'Two\nlines' });
    const { visitor } = await aColleague();
    const form = formOf(await visitor.get(`${LIST}/${plan.id}`));
    const same = await visitor.post(`${LIST}/${plan.id}`, form);
    expect(same.location).to.equal(`${LIST}/${plan.id}?done=saved`);
    expect(await booked()).to.deep.equal([]);
    await plan.update({ stock: 4 });
    await visitor.post(`${LIST}/${plan.id}`, { ...form, price: '5.00', speed: '5G', stock: '99' });
    expect(await plan.reload()).to.include({ priceMinor: 500, speed: '5G', stock: 4 });
    expect(await booked()).to.deep.equal([
      {
        action: 'edit',
        before: { priceMinor: 450, speed: null },
        after: { priceMinor: 500, speed: '5G' },
      },
    ]);
  });

  it('switches off and on, also what is sold out', async () => {
    const plan = await aProduct({ stock: 0 });
    const { visitor } = await aColleague();
    const form = formOf(await visitor.get(`${LIST}/${plan.id}`));
    expect(form.is_active).to.equal('yes');
    const { is_active: _on, ...off } = form;
    await visitor.post(`${LIST}/${plan.id}`, off);
    expect((await plan.reload()).state()).to.equal('off');
    await visitor.post(`${LIST}/${plan.id}`, {
      ...formOf(await visitor.get(`${LIST}/${plan.id}`)),
      is_active: 'yes',
    });
    expect((await plan.reload()).state()).to.equal('sold_out');
  });

  it('is not saved over what a colleague changed: it says what differs, and the second press is meant', async () => {
    const plan = await aProduct();
    const { visitor } = await aColleague();
    const form = { ...formOf(await visitor.get(`${LIST}/${plan.id}`)), speed: '5G' };
    await plan.update({ priceMinor: 600 });
    const refused = await visitor.post(`${LIST}/${plan.id}`, form);
    expectRefusal(refused, 409, 'A colleague changed this plan since you opened it.');
    expect(refused.text).to.contain('price: now “6.00”, you typed “4.50”');
    expect(await plan.reload()).to.include({ priceMinor: 600, speed: null });
    await visitor.post(`${LIST}/${plan.id}`, formOf(refused));
    expect(await plan.reload()).to.include({ priceMinor: 450, speed: '5G' });
  });

  it('tells margin and markup while they are typed', async () => {
    const { visitor } = await aColleague();
    const told = async (query: string) => (await visitor.get(`${LIST}/earnings?${query}`)).text;
    expect(await told('price=2&cost=1&currency=USD')).to.contain(
      '$1.00 a sale · margin 50% of the price · markup 100%',
    );
    expect(await told('price=1&cost=2&currency=USD')).to.contain('-$1.00');
    expect(await told('price=2&cost=0&currency=USD')).to.contain('markup none');
    expect(await told('price=x&cost=1')).to.contain('when price and cost are filled in');
  });
});
