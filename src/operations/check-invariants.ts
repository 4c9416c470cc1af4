import { closeDatabase, openDatabase } from '../database.js';
import { settings } from '../settings.js';
import { atOneMoment, checkInvariants, checkOpenWork, isBroken, type Finding } from './invariants.js';
import { checkLedgersTwice, findOrphans } from './invariants/ledgers.js';

const SHOWN = 20;

await openDatabase();
const [held, open] = await atOneMoment(async () => [await checkInvariants(), await checkOpenWork()]);
const agreed = await compareWithSimulators();
await closeDatabase();

const checked = [...held, ...agreed];
for (const finding of checked) print(isBroken(finding) ? 'BROKEN' : 'holds', finding);
for (const finding of open.filter(isBroken)) print('open', finding);
if (agreed.length === 0) console.log('simulators not running: ledgers not compared');
const broken = checked.filter(isBroken);
console.log(`${checked.length} checked, ${broken.length} broken`);
if (broken.length > 0) process.exitCode = 1;

function print(verdict: string, { invariant, ids }: Finding) {
  const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : '';
  const shown = ids.length > 0 ? `: ${ids.slice(0, SHOWN).join(' ')}${more}` : '';
  console.log(`${verdict.padEnd(6)}  ${invariant}${shown}`);
}

/** Nothing when there are none, or they do not run. */
async function compareWithSimulators(): Promise<Finding[]> {
  if (!settings.demo) return [];
  const { demoAddresses, readLedgers } = await import('../simulators/ledgers.js');
  const at = demoAddresses(settings);
  const ledgers = await readLedgers(at);
  if (!ledgers) return [];
  open.push({ invariant: 'every eSIM that was bought has an order', ids: await findOrphans(ledgers) });
  return checkLedgersTwice(async () => (await readLedgers(at)) ?? ledgers);
}
