import { checkInvariants, checkSettled, isBroken, type Finding } from '../../src/operations/invariants.js';
import { checkLedgers, checkSettledLedgers } from '../../src/operations/invariants/ledgers.js';
import { count } from './figures.js';
import { ledgers, nobodyTraded } from './ledgers.js';
import { checkUnits } from './units.js';

/** Whatever was done to the shop, and wherever it died: its books are right, and the outside world's say the same. */
export async function booksMustBeRight() {
  await mustHold([...(await checkInvariants()), ...(await compared(checkLedgers))]);
}

/** And nothing is under way any more. */
export async function booksMustBeSettled() {
  await mustHold([...(await checkSettled()), ...(await compared(checkSettledLedgers))]);
}

async function compared(check: typeof checkLedgers) {
  const outside = ledgers();
  return nobodyTraded(outside) ? [] : check(outside);
}

export async function mustHold(findings: Finding[]) {
  const all = [...findings, await checkUnits()];
  const broken = all.filter(isBroken);
  count('invariant checks', all.length);
  count('violations', broken.length);
  if (broken.length > 0)
    throw new Error(broken.map(({ invariant, ids }) => `${invariant}: ${ids.join(' ')}`).join('\n'));
}
