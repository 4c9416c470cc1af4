import { onSqlite } from '../../src/database.js';
import { MINUTE, SECOND } from '../../src/lib/clock.js';
import { Purchase } from '../../src/models/index.js';
import { checkOpenWork, isBroken } from '../../src/operations/invariants.js';
import { endOldLeases } from '../../src/operations/work.js';
import { workAfter } from './work.js';

const WAITS = [SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE];
/** Together more than the two days after which everything that can give up has given up. */
const MOST_WAITS = 600;

/** The worker of the tests does what the dead one has left, as time goes by. */
export async function finishTheWork() {
  if (onSqlite) await endOldLeases();
  for (let number = 0; number < MOST_WAITS && (await isUnderWay()); number += 1)
    await workAfter(WAITS[number % WAITS.length]!);
}

const isUnderWay = async () =>
  (await Purchase.count({ where: { state: 'open' } })) > 0 || (await checkOpenWork()).some(isBroken);
