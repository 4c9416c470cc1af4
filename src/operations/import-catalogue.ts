import { parseArgs } from 'node:util';
import type { PriceList } from '../catalogue/import/price-list.js';
import { BadPriceList } from '../catalogue/import/problem.js';
import { readPriceList } from '../catalogue/import/read-price-list.js';
import { savePlans, savePlansAndStock, type Saved } from '../catalogue/import/save-plans.js';
import { closeDatabase, openDatabase } from '../database.js';
import { ImportProgress } from './import-progress.js';
import { migrate } from './migrations.js';

const USAGE = `Usage: npm run catalogue:import -- FILE.csv [--strict] [--set-stock]

Brings the catalogue up to date with a price list; plans are told apart by their slug, and none is removed.
Rows that break a rule are listed and left out.

  --strict     import nothing when any row breaks a rule
  --set-stock  also set the stock of plans that exist already (new plans always take it from the list)`;

const progress = new ImportProgress(process.stderr);
const asked = readArguments();
try {
  if (asked) await importFrom(asked.file);
  else explain();
} catch (error) {
  if (!(error instanceof BadPriceList)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function readArguments() {
  const options = { strict: { type: 'boolean' }, 'set-stock': { type: 'boolean' } } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [file] = positionals;
    return file !== undefined && positionals.length === 1 ? { file, ...values } : undefined;
  } catch {
    return undefined;
  }
}

function explain() {
  console.error(USAGE);
  process.exitCode = 2;
}

async function importFrom(file: string) {
  const list = await readPriceList(file, progress);
  progress.end();
  for (const { line, column, reason } of list.problems)
    console.error(`Line ${line}${column ? `, ${column}` : ''}: ${reason}`);
  if (list.plans.length === 0 || (asked?.strict && list.refused() > 0)) refuse(list);
  else report(list, await save(list));
}

async function save({ plans }: PriceList) {
  await openDatabase();
  await migrate();
  const saved = await (asked?.['set-stock'] ? savePlansAndStock : savePlans)(plans, progress);
  await closeDatabase();
  progress.end();
  return saved;
}

function refuse(list: PriceList) {
  console.log(`Nothing was imported: ${list.refused()} of ${list.rows} rows refused.`);
  process.exitCode = 1;
}

function report(list: PriceList, { created, changed, unchanged }: Saved) {
  console.log(
    `${list.rows} rows read: ${created} created, ${changed} changed, ${unchanged} unchanged, ${list.refused()} refused.`,
  );
  if (changed + unchanged > 0 && !asked?.['set-stock'])
    console.log('The stock of plans that existed was left as it is; --set-stock sets it from the list.');
}
