import { expect } from 'chai';
import type { Model, ModelStatic } from 'sequelize';
import { onSqlite, sequelize } from '../../src/database.js';
import { newId } from '../../src/lib/ids.js';
import { Customer } from '../../src/models/index.js';
import { refusal, sql, wall } from '../support/refusals.js';
import { references, tables } from '../support/schema.js';
import { oneOfEach } from './one-of-each.js';
import { wallOf, withoutTriggers } from './without-triggers.js';

const modelOf = (row: Model) => row.constructor as ModelStatic<Model>;

const columnsOf = (row: Model) => Object.entries(modelOf(row).getAttributes());

const attributeOf = (row: Model, column: string) =>
  columnsOf(row).find(([, { field }]) => field === column)![0];

/** Written by nobody but the migrations. */
const NOT_WRITTEN = ['countries', 'migrations'];

/** The shop's own doing when nobody says otherwise. */
const GIVEN = ['created', 'updated', 'publicId'];

describe('Every table', () => {
  it('has a model', async () => {
    const known = Object.values(sequelize.models).map((model) => model.tableName);
    expect([...new Set([...known, ...NOT_WRITTEN])].toSorted()).to.deep.equal(await tables());
  });

  it('gives each row an id of 15 characters', async () => {
    const { Session: _named, ...rows } = await oneOfEach();
    await withoutTriggers(async () => {
      for (const [name, row] of Object.entries(rows)) {
        expect(row.id, name).to.match(/^[a-z0-9]{15}$/);
        for (const id of ['short', 'a'.repeat(16)]) expect(await wallOf(row, { id }), name).to.equal('check');
      }
    });
  });

  it('knows countries by two letters', async () => {
    expect(await wall(sql(`INSERT INTO countries (code) VALUES ('JPN')`))).to.equal('check');
  });

  it('knows when each row was written, and when last, also from a statement that does not say', async () => {
    for (const [name, row] of Object.entries(await oneOfEach()))
      for (const moment of ['created', 'updated'])
        expect(row.get(moment), `${name}.${moment}`).to.be.an.instanceOf(Date);
    await sql(`INSERT INTO customers (id, email) VALUES (?, 'bob@example.com')`, newId());
    const { created, updated } = (await Customer.findOne({ where: { email: 'bob@example.com' } }))!;
    for (const moment of [created, updated])
      expect(Math.abs(Date.now() - moment.getTime())).to.be.below(5000);
  });

  it('has no row without a value that it requires', async () => {
    const rows = await oneOfEach();
    await withoutTriggers(async () => {
      for (const [name, row] of Object.entries(rows))
        for (const [attribute, { allowNull, field, primaryKey }] of columnsOf(row)) {
          if (allowNull !== false || (primaryKey && onSqlite)) continue;
          expect(await wallOf(row, { [field!]: null }), `${name}.${attribute}`).to.equal('required');
        }
    });
    for (const [name, row] of Object.entries(rows))
      for (const [attribute, { allowNull, primaryKey }] of columnsOf(row)) {
        if (allowNull !== false || primaryKey || GIVEN.includes(attribute)) continue;
        const without = modelOf(row).create({ ...row.get(), publicId: undefined, [attribute]: null });
        expect(await refusal(without), `${name}.${attribute}`).to.equal('errors.required');
      }
  });

  it('refers to nothing that is not there', async () => {
    const rows = Object.values(await oneOfEach());
    const known = await references();
    await withoutTriggers(async () => {
      for (const reference of known) {
        const [, table, column] = /^(\w+)\.(\w+) /.exec(reference)!;
        const row = rows.find((one) => modelOf(one).tableName === table)!;
        expect(row.get(attributeOf(row, column!)), reference).to.be.a('string');
        expect(await wallOf(row, { [column!]: 'a'.repeat(15) }), reference).to.equal('foreign key');
      }
    });
  });
});
