import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { QueryTypes } from 'sequelize';
import { onSqlite, sequelize } from '../src/database.js';
import { fromRoot } from '../src/lib/root.js';
import { newId } from '../src/lib/ids.js';
import { migrate } from '../src/operations/migrations.js';
import { aProduct } from './support/factories.js';
import { sql, wall } from './support/refusals.js';
import { checks, definition, indexes, numbers, references, tables, triggers } from './support/schema.js';

/** The lines of one section of test/schema.txt; some hold on PostgreSQL only. */
function expected(section: string): string[] {
  const text = readFileSync(fromRoot('test/schema.txt'), 'utf8');
  const lines = text.split(`[${section}]\n`)[1]!.split('\n\n')[0]!.trim().split('\n');
  return lines
    .filter((line) => !(onSqlite && line.endsWith(' (PostgreSQL)')))
    .map((line) => line.replace(' (PostgreSQL)', ''));
}

const select = <Row extends object>(statement: string) =>
  sequelize.query<Row>(statement, { type: QueryTypes.SELECT });

const SECTIONS = {
  tables,
  indexes,
  triggers,
  checks,
  references,
  'whole numbers and switches': numbers,
};

/** data-model.md, Indexes of the four core entities and Index Analysis. */
const NAMED = [
  'esim_products: idx_products_country_active (country, is_active)',
  'esim_products: idx_products_featured (is_featured, sort_order)',
  'esim_products: unique idx_products_slug (slug)',
  'esim_products: idx_products_country_active_sort (country, is_active, sort_order)',
  'orders: unique idx_orders_order_id (order_id)',
  'orders: idx_orders_user_created (user, created DESC)',
  'orders: idx_orders_status (status)',
  'orders: idx_orders_payment_status (payment_status)',
  'orders: idx_orders_customer_email (customer_email)',
  'coupons: unique idx_coupons_code (code)',
  'coupons: idx_coupons_active (is_active, valid_until)',
  'reviews: idx_reviews_product_approved (product, is_approved)',
  'reviews: idx_reviews_user (user)',
  'reviews: unique idx_reviews_user_product (user, product)',
];

describe('The migrations', () => {
  for (const [section, read] of Object.entries(SECTIONS)) {
    it(`make the ${section} of test/schema.txt, and no others`, async () => {
      expect(await read()).to.deep.equal(expected(section));
    });
  }

  it('make every index that the data model names', async () => {
    expect(await indexes()).to.include.members(NAMED);
  });

  it('run once', async () => {
    const before = await Promise.all(Object.values(SECTIONS).map((read) => read()));
    const product = await aProduct();
    await Promise.all([migrate(), migrate()]);
    expect(await Promise.all(Object.values(SECTIONS).map((read) => read()))).to.deep.equal(before);
    expect((await product.reload()).stock).to.equal(10);

    const applied = await select<{ name: string }>('SELECT name FROM migrations ORDER BY name');
    const files = readdirSync(fromRoot('migrations')).filter((file) => /^\d/.test(file));
    expect(applied.map(({ name }) => `${name}.ts`)).to.deep.equal(files.toSorted());
  });

  it('let no word into a number, no 2 into a switch, and only JSON into JSON', async () => {
    const { id } = await aProduct();
    const write = (column: string, value: unknown) =>
      wall(sql(`UPDATE esim_products SET ${column} = ? WHERE id = ?`, value, id));
    expect(await write('rating_count', 'many')).to.equal('type');
    expect(await write('sort_order', '12a')).to.equal('type');
    expect(await write('is_featured', onSqlite ? 2 : 'perhaps')).to.be.oneOf(['check', 'type']);
    expect(await write('features', '["hotspot"')).to.equal('type');
    if (!onSqlite) return;
    for (const line of await numbers()) {
      const [table, columns] = line.split(': ');
      const created = await definition(table!);
      for (const column of columns!.split(' ')) {
        const guards = [`CHECK (typeof(${column}) IN ('integer', 'null'))`, `CHECK (${column} IN (0, 1))`];
        expect(
          guards.some((guard) => created.includes(guard)),
          `${table}.${column}`,
        ).to.equal(true);
      }
    }
  });

  it('give every row an id of 15 characters', async () => {
    const product = await aProduct();
    const copy = (id: string) => sql('UPDATE esim_products SET id = ? WHERE id = ?', id, product.id);
    expect(await wall(copy('short'))).to.equal('check');
    await copy(newId());
  });

  if (onSqlite) {
    it('leave a database that is whole', async () => {
      expect(await select('PRAGMA foreign_key_check')).to.deep.equal([]);
      expect(await select('PRAGMA integrity_check')).to.deep.equal([{ integrity_check: 'ok' }]);
    });
  }
});
