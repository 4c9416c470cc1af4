import { parseArgs } from 'node:util';
import { closeDatabase, onSqlite, openDatabase } from '../database.js';
import { settings } from '../settings.js';
import { migrate } from './migrations.js';
import { fillLarge } from './seed-large/fill.js';
import { LARGE, type Sizes } from './seed-large/sizes.js';
import { SeedProgress } from './seed-large/progress.js';
import { run } from './seed-large/words.js';

const USAGE = `Usage: npm run seed:large -- [--orders N] [--products N] [--reviews N] [--events N] [--audit N]

Fills an empty database with a large shop to measure with: by default a million orders of two years and 100,000 plans.
With --orders alone everything else is as large in proportion.`;

const sizes = readSizes();
if (!sizes) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (settings.production) {
  console.error('These orders are made up: they are not for production.');
  process.exitCode = 1;
} else await fill(sizes);

async function fill(wanted: Sizes) {
  const progress = new SeedProgress(process.stderr);
  await openDatabase();
  await migrate();
  const filled = await fillLarge(wanted, progress.show);
  if (filled) await run(onSqlite ? 'PRAGMA wal_checkpoint(TRUNCATE)' : 'ANALYZE');
  await closeDatabase();
  progress.end();
  if (filled) console.log(`${wanted.orders} orders and ${wanted.products} plans in ${progress.seconds()} s.`);
  else console.error('The database holds orders or plans already; nothing was changed.');
  process.exitCode = filled ? 0 : 1;
}

/** Of ten orders at least, by tens. */
function readSizes(): Sizes | undefined {
  const names = Object.keys(LARGE) as (keyof Sizes)[];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ options });
    const typed = values as Record<keyof Sizes, string | undefined>;
    const orders = Math.ceil(Number(typed.orders ?? LARGE.orders) / 10) * 10;
    const inProportion = (name: keyof Sizes) =>
      Number(typed[name] ?? Math.ceil((LARGE[name] * orders) / LARGE.orders));
    const wanted = Object.fromEntries(
      names.map((name) => [name, name === 'orders' ? orders : inProportion(name)]),
    ) as unknown as Sizes;
    const fits = Object.values(wanted).every((size) => Number.isSafeInteger(size) && size >= 10);
    return fits ? wanted : undefined;
  } catch {
    return undefined;
  }
}
