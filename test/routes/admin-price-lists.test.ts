import { expect } from 'chai';
import { clock, HOUR, MINUTE } from '../../src/lib/clock.js';
import { AuditLog, PriceListUpload, Product } from '../../src/models/index.js';
import { prune } from '../../src/operations/prune.js';
import { endOldLeases } from '../../src/operations/work.js';
import { csv, ROW } from '../catalogue/price-lists.js';
import { eventually } from '../support/eventually.js';
import { aProduct } from '../support/factories.js';
import { expectRefusal } from '../support/members.js';
import { aColleague, booked } from '../support/staff.js';
import type { Page, Visitor } from '../support/visitor.js';

const IMPORT = '/admin/products/import';

async function upload(visitor: Visitor, content: string | Buffer, fields: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('list', new Blob([new Uint8Array(Buffer.from(content))]), 'Prices – May.csv');
  return visitor.send(IMPORT, form);
}

/** Uploads a list that can be read, and gives the page that says what it would do. */
async function preview(visitor: Visitor, content: string | Buffer, fields?: Record<string, string>) {
  const { location, text } = await upload(visitor, content, fields);
  if (!location?.startsWith(`${IMPORT}/`)) throw new Error(text);
  return { path: location, page: await visitor.get(location) };
}

async function apply(visitor: Visitor, path: string, fields: Record<string, string> = {}): Promise<Page> {
  const { location } = await visitor.post(path, fields);
  await eventually(
    'the import ends',
    async () => (await PriceListUpload.count({ where: { state: 'applying' } })) === 0,
  );
  return visitor.get(location!);
}

const facts = (page: Page) =>
  page
    .$('dl.facts > div')
    .toArray()
    .map((fact) =>
      page
        .$(fact)
        .children()
        .toArray()
        .map((part) => page.$(part).text())
        .join(' '),
    )
    .join(', ');
const known = () => Product.findOne({ where: { slug: ROW.slug }, rejectOnEmpty: true });

describe('A price list in the back office', () => {
  it('changes nothing before it was looked at, and then what was seen', async () => {
    const { visitor } = await aColleague();
    await aProduct({
      slug: ROW.slug,
      name: ROW.name,
      costMinor: 190,
      providerProductId: ROW.provider_product_id,
      stock: 9,
    });
    const list = csv({ price: '5.00' }, { slug: 'fresh', name: 'Fresh' });
    const { path, page } = await preview(visitor, `\uFEFF${list.replaceAll('\n', '\r\n')}`);
    expect(facts(page)).to.equal('New 1, Changed 1, Unchanged 0, Bad rows 0');
    expect(page.text).to.contain('Prices – May.csv');
    expect(page.$('[aria-label="Changed plans"] tbody').text()).to.match(/price\s*4\.50\s*5\.00/);
    expect(page.text).to.contain('Fresh fresh: 4.50 USD, costs 1.90, 25 in stock');
    expect(await Product.count()).to.equal(1);

    const done = await apply(visitor, path);
    expect(done.text).to.contain('Imported: 1 plan new, 1 changed, 0 unchanged.');
    expect(await known()).to.include({ priceMinor: 500, stock: 9 });
    const entries = await booked();
    expect(entries.map(({ action }) => action)).to.deep.equal(['import', 'import']);
    expect(entries).to.deep.include({
      action: 'import',
      before: { priceMinor: 450 },
      after: { priceMinor: 500 },
    });
    expect(await AuditLog.count({ where: { entity: 'price_list_uploads' } })).to.equal(1);
    const again = await preview(visitor, list);
    expect(facts(again.page)).to.equal('New 0, Changed 0, Unchanged 2, Bad rows 0');
    expect(again.page.$('form[action^="/admin/products/import/"]')).to.have.length(0);
    expectRefusal(await visitor.post(again.path, {}), 422, 'nothing in this list to import');
  });

  it('leaves bad rows out and says why, or takes nothing when all or none is asked for', async () => {
    const { visitor } = await aColleague();
    const list = csv(
      {},
      { slug: 'Bad Slug' },
      { slug: 'cheap', price: '1' },
      { slug: 'far', country: 'ZZ' },
      { slug: 'formula', name: '=HYPERLINK("x")' },
      { slug: 'guarded', name: "'=SUM(1)" },
    );
    const { path, page } = await preview(visitor, list);
    expect(facts(page)).to.equal('New 3, Changed 0, Unchanged 0, Bad rows 3');
    expect(page.text).to.contain('"1" must be above the cost of 1.90');
    const refused = await visitor.post(path, { all_or_none: 'yes' });
    expectRefusal(refused, 422, 'Nothing was imported: 3 rows could not be taken');
    expect(await Product.count()).to.equal(0);
    const done = await apply(visitor, path);
    expect(done.text)
      .to.contain('3 plans new')
      .and.contain('3 bad rows left out')
      .and.contain('Line 5, country');
    const names = (await Product.findAll({ order: ['slug'] })).map(({ name }) => name);
    expect(names).to.deep.equal(['=HYPERLINK("x")', '=SUM(1)', ROW.name]);
  });

  it('leaves alone what a colleague has changed since it was looked at', async () => {
    const { visitor } = await aColleague();
    const list = csv({ price: '5.00' }, { slug: 'fresh' });
    await aProduct({ slug: ROW.slug });
    const { path } = await preview(visitor, list);
    await (await known()).update({ priceMinor: 480 });
    const done = await apply(visitor, path);
    expect(done.text)
      .to.contain('1 plan new, 0 changed')
      .and.contain('1 plan became other than what you saw');
    expect((await known()).priceMinor).to.equal(480);

    const second = await preview(visitor, csv({ price: '5.00' }, { slug: 'fresh', price: '6.00' }));
    await (await known()).update({ priceMinor: 470 });
    const none = await apply(visitor, second.path, { all_or_none: 'yes' });
    expect(none.text).to.contain('Nothing was imported: 1 plan changed since you looked');
    expect(await Product.count({ where: { priceMinor: 600 } })).to.equal(0);
    expect((await booked()).filter(({ action }) => action === 'import')).to.have.length(1);
  });

  it('sets the stock of known plans only when told to, and shows it', async () => {
    const { visitor } = await aColleague();
    await preview(visitor, csv({})).then(({ path }) => apply(visitor, path));
    expect(facts((await preview(visitor, csv({ stock: '3' }))).page)).to.contain('Unchanged 1');
    const { path, page } = await preview(visitor, csv({ stock: '3' }), { sets_stock: 'yes' });
    expect(page.$('[aria-label="Changed plans"] tbody').text()).to.match(/stock\s*25\s*3/);
    await apply(visitor, path);
    expect((await known()).stock).to.equal(3);
  });

  it('does not bring back an archived plan', async () => {
    const { visitor } = await aColleague();
    await aProduct({ slug: ROW.slug, isActive: false, archivedAt: new Date() });
    const { path } = await preview(visitor, csv({ is_active: 'true', price: '5.00' }));
    await apply(visitor, path);
    expect(await known()).to.include({ priceMinor: 500, isActive: false });
    expect((await known()).state()).to.equal('archived');
  });

  it('is pressed twice, and imported once', async () => {
    const { visitor } = await aColleague();
    const { path } = await preview(visitor, csv({}, { slug: 'second' }));
    await Promise.all([visitor.post(path, {}), visitor.post(path, {})]);
    const done = await apply(visitor, path);
    expect(done.text).to.contain('2 plans new');
    expect(await Product.count()).to.equal(2);
    expect(await booked()).to.have.length(2);
  });

  it('is kept for an hour, and taken out the day after', async () => {
    const { visitor } = await aColleague();
    const { path } = await preview(visitor, csv({}));
    clock.advance(HOUR + 1000);
    const { visitor: later } = await aColleague();
    for (const page of [await later.get(path), await later.post(path, {})])
      expectRefusal(page, 410, 'This preview is over');
    expect(await Product.count()).to.equal(0);
    clock.advance(24 * HOUR);
    await prune();
    expect(await PriceListUpload.count()).to.equal(0);
  });

  it('is refused in a sentence when it is none', async () => {
    const { visitor } = await aColleague();
    expectRefusal(await upload(visitor, ''), 422, 'Please choose a CSV file.');
    expectRefusal(await visitor.send(IMPORT, new FormData()), 422, 'Please choose a CSV file.');
    expectRefusal(await visitor.post(IMPORT, {}), 422, 'Please choose a CSV file.');
    expectRefusal(await upload(visitor, Buffer.from('PK\x03\x04\x00\x00')), 422, 'This file is no text');
    expectRefusal(await upload(visitor, Buffer.alloc(4000, 0xff)), 422, 'This file is no text');
    expectRefusal(await upload(visitor, 'one,two\n1,2'), 422, 'The first line is no header.');
    expectRefusal(await upload(visitor, csv({ colour: 'red' })), 422, 'These columns are unknown: "colour"');
    expectRefusal(await upload(visitor, Buffer.alloc(10 * 1024 * 1024, 'a')), 413, 'up to 8 MB');
    const damaged = await preview(visitor, Buffer.from(csv({ name: 'Curaçao' }, { slug: 'b' }), 'latin1'));
    expect(damaged.page.text).to.contain('is not UTF-8');
    expect(await Product.count()).to.equal(0);
    expect(await AuditLog.count({ where: { action: 'refused' } })).to.equal(8);
  });

  it('of the wrong shape is given up early, and of its flaws the first are kept', async () => {
    const { visitor } = await aColleague();
    const [header] = csv({}).split('\n');
    const began = Date.now();
    for (const row of ['a\n', '\n'])
      expectRefusal(
        await upload(visitor, `${header}\n${row.repeat(1_000_000)}`),
        422,
        'A price list may have up to 20,000 plans, and as many empty rows.',
      );
    expect(Date.now() - began).to.be.below(10_000);
    const { page } = await preview(visitor, `${header}\n${'a\n'.repeat(1500)}`);
    expect(facts(page)).to.equal('New 0, Changed 0, Unchanged 0, Bad rows 1,500');
    expect(page.$('[aria-label="Bad rows"] tbody tr')).to.have.length(1000);
    expect(page.text).to.contain('And 500 more flaws.');
    const { path } = await preview(visitor, `${csv({})}\n${'a\n'.repeat(19_999)}`);
    expect((await apply(visitor, path)).text)
      .to.contain('1 plan new')
      .and.contain('19,999 bad rows left out');
  });

  it('of more than 2,000 plans is not written in one go', async () => {
    const { visitor } = await aColleague();
    const { path, page } = await preview(visitor, csv({}));
    expect(page.$('#all_or_none')).to.have.length(1);
    const list = await PriceListUpload.findOne({ rejectOnEmpty: true });
    await list.update({ preview: { ...list.preview, unchanged: 2000 } });
    expect((await visitor.get(path)).$('#all_or_none')).to.have.length(0);
    expectRefusal(await visitor.post(path, { all_or_none: 'yes' }), 422, 'works for up to 2,000 plans');
    expect(await Product.count()).to.equal(0);
    await list.update({ preview: { ...list.preview, unchanged: 1999 } });
    expect((await apply(visitor, path, { all_or_none: 'yes' })).text).to.contain('1 plan new');
  });

  it('whose import died is started again from its page', async () => {
    const { visitor } = await aColleague();
    const { path } = await preview(visitor, csv({}));
    const died = () => PriceListUpload.update({ state: 'applying' }, { where: {} });
    const button = (page: Page) => page.$(`form[action="${path}"] button`).text();
    await died();
    expect(button(await visitor.get(path))).to.equal('');
    clock.advance(MINUTE + 1000);
    const page = await visitor.get(path);
    expect(button(page)).to.equal('Start it again');
    expect(page.$('[hx-get], meta[http-equiv=refresh]')).to.have.length(0);
    expect((await apply(visitor, path)).text).to.contain('1 plan new');

    await died();
    await endOldLeases();
    const waiting = await visitor.get(path);
    expect(waiting.text).to.contain('The import ended in the middle');
    expect(button(waiting)).to.equal('Import 1 plan');
  });

  it('is an admin’s alone', async () => {
    const { visitor } = await aColleague('support');
    for (const page of [await visitor.get(IMPORT), await upload(visitor, csv({}))])
      expectRefusal(page, 403, 'Only an admin may do this.');
    expect(await PriceListUpload.count()).to.equal(0);
  });
});
