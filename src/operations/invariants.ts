import { ask, select } from './invariants/ask.js';
import { COUPONS } from './invariants/coupons.js';
import { CUSTOMERS } from './invariants/customers.js';
import { DELIVERY } from './invariants/delivery.js';
import { ERASURE } from './invariants/erased.js';
import { checkFile } from './invariants/file.js';
import type { Finding } from './invariants/finding.js';
import { HISTORY } from './invariants/history.js';
import { MONEY } from './invariants/money.js';
import { POST } from './invariants/post.js';
import { PUNCTUALITY } from './invariants/punctuality.js';
import { SECRETS } from './invariants/secrets.js';
import { SETTLED } from './invariants/settled.js';
import { SHELF, UNITS } from './invariants/shelf.js';

export { atOneMoment } from './invariants/ask.js';
export { isBroken, type Finding } from './invariants/finding.js';

/** They say across tables what no CHECK and no index can, and of what has walls, whether the walls held. */
export const ALWAYS = {
  ...MONEY,
  ...COUPONS,
  ...CUSTOMERS,
  ...SHELF,
  ...DELIVERY,
  ...HISTORY,
  ...POST,
  ...SECRETS,
  ...PUNCTUALITY,
  ...ERASURE,
};

/** What must hold at every moment, also in the middle of work and after a crash. */
export async function checkInvariants(): Promise<Finding[]> {
  return [...(await ask(ALWAYS)), ...(await checkFile())];
}

/** What is still under way. */
export const checkOpenWork = () => ask(SETTLED);

/** What must hold once nothing is under way any more: everything. */
export async function checkSettled(): Promise<Finding[]> {
  return [...(await checkInvariants()), ...(await checkOpenWork())];
}

/** The units of every plan, wherever they are. Between two countings nothing but a change of stock by hand moves them. */
export async function countUnits(): Promise<Map<string, number>> {
  const rows = await select<{ id: string; units: number }>(UNITS);
  return new Map(rows.map(({ id, units }) => [id, units]));
}
