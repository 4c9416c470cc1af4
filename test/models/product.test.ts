import { expect } from 'chai';
import isoCountries from 'i18n-iso-countries';
import { QueryTypes } from 'sequelize';
import { onSqlite, sequelize } from '../../src/database.js';
import { newId } from '../../src/lib/ids.js';
import { Product } from '../../src/models/index.js';
import { isCountry } from '../../src/models/rules.js';
import { anOffer, anOrder, aProduct } from '../support/factories.js';
import { refusal, sql, wall } from '../support/refusals.js';

/** Writes one column past the hooks. */
const write = (product: Product, column: string, value: unknown) =>
  sql(`UPDATE esim_products SET ${column} = ? WHERE id = ?`, value, product.id);

const COVERS = 'a plan covers countries that exist, its own among them';
const TEXTS = 'features and networks are lists of texts';

describe('Product', () => {
  it('sells above its cost and at most at 10,000.00, newly written or changed', async () => {
    for (const [values, key] of [
      [{ priceMinor: 117 }, 'errors.product.priceAboveCost'],
      [{ costMinor: 450 }, 'errors.product.priceAboveCost'],
      [{ priceMinor: 1_000_001 }, 'errors.product.price'],
      [{ priceMinor: 450.5 }, 'errors.product.price'],
      [{ costMinor: -1 }, 'errors.product.cost'],
    ] as const) {
      expect(await refusal(aProduct(values))).to.equal(key);
      expect(await refusal((await aProduct()).update(values))).to.equal(key);
    }
  });

  it('covers countries that exist, its own among them', async () => {
    const product = await aProduct({ coverage: ['JP', 'KR'] });
    const copy = { ...product.get(), id: newId(), slug: 'copy' };
    for (const [coverage, key] of [
      [['JP', 'ZZ'], 'errors.country'],
      [['JP', null], 'errors.country'],
      [['KR', 'TW'], 'errors.product.coverage'],
      [[], 'errors.product.coverage'],
    ] as const) {
      expect(await refusal(product.update({ coverage: coverage as never }))).to.equal(key);
      expect(await wall(write(product, 'coverage', JSON.stringify(coverage)))).to.equal(COVERS);
      expect(await wall(Product.bulkCreate([{ ...copy, coverage: coverage as never }]))).to.equal(COVERS);
      await product.reload();
    }
    expect(await refusal(aProduct({ coverage: ['KR', 'TW'] }))).to.equal('errors.product.coverage');
    expect(await refusal(product.update({ country: 'TH' }))).to.equal('errors.product.coverage');
    expect(await wall(write(product, 'country', 'TH'))).to.equal(COVERS);
    await (await product.reload()).update({ country: 'TH', coverage: null });
  });

  it('lists texts, and nothing else, as its features and networks', async () => {
    const product = await aProduct();
    const copy = { ...product.get(), id: newId(), slug: 'copy' };
    for (const [field, column] of [
      ['features', 'features'],
      ['supportedNetworks', 'supported_networks'],
    ]) {
      for (const list of [['5G', 7], [null], [['5G']]]) {
        expect(await refusal(product.update({ [field!]: list }))).to.equal('errors.product.list');
        expect(await wall(write(product, column!, JSON.stringify(list)))).to.equal(TEXTS);
        expect(await wall(Product.bulkCreate([{ ...copy, [field!]: list }]))).to.equal(TEXTS);
        await product.reload();
      }
    }
    await product.update({ features: [], supportedNetworks: null });
  });

  it('refuses a word or a fraction in a whole number, on SQLite too', async () => {
    const product = await aProduct();
    for (const column of ['stock', 'duration', 'sort_order', 'price_minor', 'data_mb', 'cost_minor']) {
      expect(await wall(write(product, column, 'many')), column).to.be.oneOf(['type', 'check']);
    }
    if (onSqlite) expect(await wall(write(product, 'stock', 1.5))).to.equal('type');
    expect(await wall(write(product, 'features', 'not json'))).to.equal('type');
    expect(await wall(write(product, 'is_active', 'perhaps'))).to.be.oneOf(['type', 'check']);
  });

  it('takes the widest values that are allowed', async () => {
    const product = await aProduct({
      priceMinor: 1_000_000,
      costMinor: 0,
      name: '\u{1F600}'.repeat(200),
      duration: 1,
      imageUrl: '/pictures/japan.webp',
    });
    expect(product.marginPercent()).to.equal(null);
    expect((await aProduct({ priceMinor: 450, costMinor: 117 })).marginPercent()).to.equal(284.62);
  });

  it('has a slug of its own', async () => {
    const { slug } = await aProduct();
    const other = await aProduct();
    expect(await refusal(aProduct({ slug }))).to.equal('errors.product.slugTaken');
    expect(await refusal(other.update({ slug }))).to.equal('errors.product.slugTaken');
    expect(await wall(write(other, 'slug', slug))).to.equal('unique');
    await (await other.reload()).update({ slug: other.slug, name: 'Renamed' });
  });

  it('has each offer of another wholesaler once', async () => {
    const product = await aProduct();
    const { provider, providerProductId } = await anOffer(product);
    expect(await wall(anOffer(product, { provider, providerProductId }))).to.equal('unique');
    await anOffer(await aProduct(), { provider, providerProductId });
  });

  it('stays off the shelf once it is archived, whatever becomes of its stock', async () => {
    const product = await aProduct({ stock: 0 });
    const archivedAt = new Date();
    expect(await refusal(product.update({ archivedAt }))).to.equal('errors.product.archived');
    expect(await wall(write(product, 'archived_at', archivedAt.toISOString()))).to.equal('check');
    await product.reload();
    await product.update({ archivedAt, isActive: false, deactivatedByStock: false });
    expect(await refusal(product.update({ isActive: true }))).to.equal('errors.product.archived');
    for (const column of ['is_active', 'deactivated_by_stock'])
      expect(await wall(write(product, column, true))).to.equal('check');
    await write(product, 'stock', 5);
    expect((await product.reload()).state()).to.equal('archived');
  });

  it('is not deleted once it was ordered, and is before that', async () => {
    const product = await aProduct();
    await anOrder(product);
    expect(await refusal(product.destroy())).to.equal('errors.product.ordered');
    expect(await wall(Product.destroy({ where: { id: product.id } }))).to.equal('foreign key');
    expect(await wall(sql('DELETE FROM esim_products WHERE id = ?', product.id))).to.equal('foreign key');

    await (await aProduct()).destroy();
    expect(await Product.count()).to.equal(1);
  });

  it('knows the same 249 countries in the database as in the forms', async () => {
    const rows = await sequelize.query<{ code: string }>('SELECT code FROM countries', {
      type: QueryTypes.SELECT,
    });
    const codes = rows.map(({ code }) => code);
    expect(codes).to.have.length(249);
    expect(codes.filter((code) => !isCountry(code))).to.deep.equal([]);
    const known = Object.keys(isoCountries.getAlpha2Codes()).filter(isCountry);
    expect(known.toSorted()).to.deep.equal(codes.toSorted());
  });
});
