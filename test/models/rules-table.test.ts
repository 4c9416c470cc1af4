import { expect } from 'chai';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { hasWords } from '../../src/lib/i18n.js';
import { fromRoot } from '../../src/lib/root.js';
import { checks, indexes, references, triggers } from '../support/schema.js';

/** src/models/README.md: for each section its tables and the lines below it. */
const sections = readFileSync(fromRoot('src/models/README.md'), 'utf8')
  .split('\n## ')
  .slice(1)
  .map((text) => {
    const [heading, ...lines] = text.split('\n');
    const rows = lines
      .filter((line) => line.startsWith('|'))
      .slice(2)
      .map((line) => line.slice(1, -1).split('|'))
      .map(([rule = '', hook = '', database = '', test = '', ...rest]) => ({
        rule,
        hook,
        database,
        test,
        rest,
      }));
    return { heading: heading!, tables: quoted(heading!), rows };
  });

const rows = sections.flatMap((section) => section.rows);

function quoted(text: string) {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, words]) => words!);
}

/** What the sections of a table say of the database. */
const saidOf = (table: string) =>
  new Set(
    sections
      .filter(({ heading, tables }) => tables.includes(table) || heading === 'Every table')
      .flatMap((section) => section.rows.flatMap(({ database }) => quoted(database))),
  );

const split = (line: string) => line.split(/[:.] ?/) as [string, string];

describe('The table of rules', () => {
  it('has a hook or a reason, a wall or a reason, and a test for every rule', () => {
    expect(rows.length).to.be.above(90);
    for (const { rule, hook, database, test, rest } of rows) {
      expect(rest, rule).to.deep.equal([]);
      for (const cell of [rule, hook, database, test]) expect(cell.trim(), rule).to.match(/\w{3}/);
    }
  });

  it('names tests and files that there are', () => {
    const files = rows.flatMap(({ hook }) => quoted(hook)).filter((word) => word.endsWith('.ts'));
    expect(files).to.have.length.above(70);
    const found = (file: string) =>
      existsSync(fromRoot('src', file)) || existsSync(fromRoot('src/models', file));
    expect(files.filter((file) => !found(file))).to.deep.equal([]);
    const tests = rows.flatMap(({ test }) => quoted(test));
    expect(tests.filter((test) => !existsSync(fromRoot('test', `${test}.test.ts`)))).to.deep.equal([]);
  });

  it('has a sentence for every refusal that a model or a coupon makes', () => {
    const keys = ['models', 'coupons', 'checkout', 'cart'].flatMap((room) =>
      readdirSync(fromRoot('src', room))
        .filter((file) => file.endsWith('.ts'))
        .flatMap(
          (file) => readFileSync(fromRoot('src', room, file), 'utf8').match(/'errors\.[\w.]+'/g) ?? [],
        ),
    );
    expect(keys.length).to.be.above(100);
    expect(keys.filter((key) => !hasWords(key.slice(1, -1)))).to.deep.equal([]);
  });

  it('names nothing in the database that is not there', async () => {
    const known = new Set<string>(['created', 'updated', 'dialect.ts']);
    for (const line of await triggers()) known.add(split(line)[1]);
    for (const line of await indexes()) known.add(/idx_\w+/.exec(line)![0]);
    for (const line of await references()) known.add(line.split(' ')[0]!);
    for (const line of await checks()) for (const column of split(line)[1].split(' ')) known.add(column);
    const onPostgresAlone = /_await_their_turn/;
    const unknown = rows
      .flatMap(({ database }) => quoted(database))
      .filter((name) => !known.has(name) && !onPostgresAlone.test(name));
    expect(unknown).to.deep.equal([]);
  });

  it('names every trigger, every unique index, every reference and every CHECK of the tables', async () => {
    const missing: string[] = [];
    for (const line of await triggers()) {
      const [table, name] = split(line);
      if (!saidOf(table).has(name) && !rows.some(({ database }) => quoted(database).includes(name)))
        missing.push(line);
    }
    for (const line of (await indexes()).filter((index) => index.includes(': unique ')))
      if (!saidOf(split(line)[0]).has(/idx_\w+/.exec(line)![0])) missing.push(line);
    for (const line of await references())
      if (!rows.some(({ database }) => quoted(database).includes(line.split(' ')[0]!))) missing.push(line);
    for (const line of await checks()) {
      const [table, columns] = split(line);
      if (!columns.split(' ').every((column) => saidOf(table).has(column))) missing.push(`CHECK ${line}`);
    }
    expect(missing).to.deep.equal([]);
  });
});
