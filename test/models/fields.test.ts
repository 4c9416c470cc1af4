import { expect } from 'chai';
import type { Model, ModelStatic } from 'sequelize';
import { hasWords } from '../../src/lib/i18n.js';
import { refusal } from '../support/refusals.js';
import { checks } from '../support/schema.js';
import { BAD, type Bad } from './bad-fields.js';
import { oneOfEach, type OneOfEach } from './one-of-each.js';
import { wallOf, withoutTriggers } from './without-triggers.js';

const modelOf = (row: Model) => row.constructor as ModelStatic<Model>;

const columnsOf = (row: Model, values: Bad[0]) => {
  const attributes = modelOf(row).getAttributes();
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [attributes[name]!.field!, value]));
};

/** Every row, and what it must not be changed to. */
async function everyCase() {
  const rows: Record<string, Model> = await oneOfEach();
  return (Object.keys(BAD) as (keyof OneOfEach)[]).flatMap((name) =>
    BAD[name]!.map(([values, key, kind = 'check']) => {
      const what = `${name} ${JSON.stringify(values).slice(0, 80)}`;
      return { what, row: rows[name]!, values, key, kind };
    }),
  );
}

describe('Bad fields', () => {
  it('are refused with a sentence', async () => {
    for (const { what, row, values, key } of await everyCase()) {
      expect(await refusal(row.update(values)), what).to.equal(key);
      expect(hasWords(key), key).to.equal(true);
      await row.reload();
    }
  });

  it('are refused by the database', async () => {
    const cases = await everyCase();
    await withoutTriggers(async () => {
      for (const { what, row, values, kind } of cases)
        expect(await wallOf(row, columnsOf(row, values)), what).to.equal(kind);
    });
  });

  it('are tried at every CHECK that there is', async () => {
    const tried = new Set(
      (await everyCase()).flatMap(({ row, values }) =>
        Object.keys(columnsOf(row, values)).map((column) => `${modelOf(row).tableName}.${column}`),
      ),
    );
    const missed = (await checks()).filter((check) => {
      const [table, columns] = check.split(': ');
      return !columns!.split(' ').some((column) => tried.has(`${table}.${column}`));
    });
    // Those are tried for every table.
    expect(missed.filter((check) => !/: (id|code)$/.test(check))).to.deep.equal([]);
  });
});
