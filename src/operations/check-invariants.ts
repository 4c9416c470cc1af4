import { closeDatabase, openDatabase } from '../database.js';
import { checkInvariants } from './invariants.js';

await openDatabase();
const findings = await checkInvariants();
for (const { invariant, ids } of findings) {
  console.log(
    `${ids.length === 0 ? 'holds ' : 'BROKEN'}  ${invariant}${ids.length > 0 ? `: ${ids.slice(0, 20).join(' ')}` : ''}`,
  );
}
await closeDatabase();
if (findings.some(({ ids }) => ids.length > 0)) process.exitCode = 1;
