import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { inTwos } from '../controls/in-twos.js';
import { Engine } from './engine.js';
import { writeTable } from './table.js';

/**
 * `npm run test:proof`: races, crashes, properties and negative controls at full size, a process per file, two at once;
 * then what they tried goes into the table of test/README.md. With TEST_DATABASE_URL on PostgreSQL too, in databases
 * beside that one. Fails when a test failed; the table then stays as it was. A run that was broken off, or was red in one
 * place, goes on when PROOF_FOLDER names the same folder again: what has passed there is not run a second time.
 */
const startedAt = Date.now();
const engines = [new Engine('SQLite')];
if (process.env.TEST_DATABASE_URL) engines.push(new Engine('PostgreSQL', process.env.TEST_DATABASE_URL));

const failed: string[] = [];
const wanted = process.argv.slice(2);
const runs = engines
  .flatMap((engine) => engine.files(wanted).map((file) => ({ engine, file })))
  .filter(({ engine, file }) => !engine.hasPassed(file));
await inTwos(runs, async ({ engine, file }) => {
  const began = Date.now();
  const ok = await engine.run(file);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${engine.name} ${file} ${minutesSince(began)} min`);
  if (!ok) failed.push(`${engine.name} ${file}: ${engine.logOf(file)}`);
});

for (const engine of engines) console.log(engine.name, engine.figures());
if (failed.length > 0) {
  for (const log of failed)
    console.error(`\n${log}\n${readFileSync(log.split(': ')[1]!, 'utf8').slice(-4000)}`);
  process.exitCode = 1;
} else if (wanted.length === 0) {
  await writeTable(
    engines,
    `${cpus().length} cores, Node ${process.versions.node}, ${minutesSince(startedAt)} minutes`,
  );
}

function minutesSince(start: number) {
  return ((Date.now() - start) / 60_000).toFixed(1);
}
