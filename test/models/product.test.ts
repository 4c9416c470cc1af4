import { expect } from 'chai';
import isoCountries from 'i18n-iso-countries';
import { QueryTypes } from 'sequelize';
import { onSqlite, sequelize } from '../../src/database.js';
import { Product } from '../../src/models/index.js';
import { isCountry } from '../../src/models/rules.js';
import { anOrder, aProduct } from '../support/factories.js';
import { refusal, sql, wall } from '../support/refusals.js';

/** Writes one column past the hooks. */
const write = (product: Product, column: string, value: unknown) =>
  sql(`UPDATE esim_products SET ${column} = ? WHERE id = ?`, value, product.id);

describe('Product', () => {
  const refused: [string, object, string, Record<string, unknown>, string][] = [
    [
      'a price at its cost',
      { priceMinor: 117 },
      'errors.product.priceAboveCost',
      { price_minor: 117 },
      'check',
    ],
    [
      'a price above 10,000.00',
      { priceMinor: 1_000_001 },
      'errors.product.price',
      { price_minor: 1_000_001 },
      'check',
    ],
    ['a price in parts of a cent', { priceMinor: 450.5 }, 'errors.product.price', {}, ''],
    ['a cost below zero', { costMinor: -1 }, 'errors.product.cost', { cost_minor: -1 }, 'check'],
    ['no day of validity', { duration: 0 }, 'errors.product.duration', { duration: 0 }, 'check'],
    ['a stock below zero', { stock: -1 }, 'errors.product.stock', { stock: -1 }, 'check'],
    ['no name', { name: '' }, 'errors.product.name', { name: '' }, 'check'],
    [
      'a name of 201 letters',
      { name: 'a'.repeat(201) },
      'errors.product.name',
      { name: 'a'.repeat(201) },
      'check',
    ],
    ['a slug in capitals', { slug: 'Japan' }, 'errors.slug', { slug: 'Japan' }, 'check'],
    ['a slug that ends in a hyphen', { slug: 'japan-' }, 'errors.slug', { slug: 'japan-' }, 'check'],
    ['a slug with two hyphens', { slug: 'japan--1gb' }, 'errors.slug', { slug: 'japan--1gb' }, 'check'],
    ['a slug with a new line', { slug: 'japan\n' }, 'errors.slug', { slug: 'japan\n' }, 'check'],
    ['a country that does not exist', { country: 'ZZ' }, 'errors.country', { country: 'ZZ' }, 'foreign key'],
    ['a country in small letters', { country: 'jp' }, 'errors.country', { country: 'jp' }, 'foreign key'],
    ['coverage of no country', { coverage: ['JP', 'ZZ'] }, 'errors.country', {}, ''],
  ];
  for (const [what, values, key, columns, kind] of refused) {
    it(`refuses ${what}`, async () => {
      const product = await aProduct();
      expect(await refusal(product.update(values))).to.equal(key);
      expect(await refusal(aProduct(values))).to.equal(key);
      for (const [column, value] of Object.entries(columns))
        expect(await wall(write(product, column, value))).to.equal(kind);
    });
  }

  it('refuses a word or a fraction in a whole number, on SQLite too', async () => {
    const product = await aProduct();
    for (const column of ['stock', 'duration', 'sort_order', 'price_minor', 'data_mb', 'cost_minor']) {
      expect(await wall(write(product, column, 'many')), column).to.be.oneOf(['type', 'check']);
    }
    if (onSqlite) expect(await wall(write(product, 'stock', 1.5))).to.equal('type');
    expect(await wall(write(product, 'features', 'not json'))).to.equal('type');
    expect(await wall(write(product, 'is_active', 'perhaps'))).to.be.oneOf(['type', 'check']);
  });

  it('refuses a wholesaler, a currency and a picture that the shop does not know', async () => {
    const product = await aProduct();
    expect(await wall(write(product, 'provider', 'Holafly'))).to.equal('check');
    expect(await wall(write(product, 'currency', 'GBP'))).to.equal('check');
    expect(await wall(write(product, 'image_url', 'javascript:alert(1)'))).to.equal('check');
  });

  it('takes the widest values that are allowed', async () => {
    const product = await aProduct({
      priceMinor: 1_000_000,
      costMinor: 0,
      name: 'n'.repeat(200),
      duration: 1,
    });
    expect(product.marginPercent()).to.equal(null);
    expect((await aProduct({ priceMinor: 450, costMinor: 117 })).marginPercent()).to.equal(284.62);
  });

  it('has a slug of its own', async () => {
    const { slug } = await aProduct();
    expect(await wall(aProduct({ slug }))).to.equal('unique');
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
