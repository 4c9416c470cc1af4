import { MINUTE } from '../../src/lib/clock.js';
import type { ProviderName } from '../../src/providers/provider.js';
import type { Fault } from '../../src/simulators/wholesaler/faults.js';
import { world } from '../support/environment.js';
import { sized } from '../support/figures.js';

export const WHOLESALERS = [
  { provider: 'Airalo', sku: 'japan-7days-1gb', sim: world.airalo },
  { provider: 'MobiMatter', sku: 'MM-JP-12', sim: world.mobiMatter },
  {
    provider: 'eSIM Card',
    sku: '00306b97-0b66-42f8-bed2-29def8a0a12d',
    sim: world.esimCard,
  },
] as const satisfies { provider: ProviderName; sku: string; sim: object }[];
export type Wholesaler = (typeof WHOLESALERS)[number];

export interface Outcome extends Fault {
  /** How it may end; the first without a death. A fault lasts until a person mends it, unless it says how often it strikes. */
  ends: string[];
  at?: readonly ProviderName[];
}

const WAITED = 'waits, then delivered';

const OUTCOMES: Outcome[] = [
  { fault: 'slow', ms: 5, ends: ['delivered'] },
  { fault: 'sold-out', ends: ['refunded'] },
  { fault: 'no-balance', ends: ['refunded'] },
  { fault: 'maintenance', ends: ['refunded'] },
  // What was begun cannot be found out before the key works again.
  {
    fault: 'unauthorized',
    ends: ['refunded', WAITED],
    at: ['Airalo', 'eSIM Card'],
  },
  { fault: 'unauthorized', ends: ['refunded'], at: ['MobiMatter'] },
  {
    fault: 'rate-limited',
    times: 1,
    ends: ['delivered'],
    at: ['Airalo', 'eSIM Card'],
  },
  { fault: 'rate-limited', ends: ['refunded'], at: ['Airalo', 'eSIM Card'] },
  // Dying takes one of the tries that an order has with its last wholesaler, the fault another.
  { fault: 'server-error', times: 1, ends: ['delivered'] },
  { fault: 'server-error', ends: ['refunded'] },
  { fault: 'timeout-not-bought', times: 1, ends: ['delivered'] },
  { fault: 'timeout-not-bought', ends: ['refunded'] },
  { fault: 'timeout-bought', ends: ['delivered'] },
  { fault: 'timeout-bought-late', ms: 5 * MINUTE, ends: ['delivered'] },
  { fault: 'hang-bought', ends: ['delivered'] },
  { fault: 'server-error-bought', ends: ['delivered'] },
  { fault: 'garbage', ends: ['delivered'] },
  { fault: 'delayed', lookUps: 2, ends: ['delivered'] },
  { fault: 'no-code', ends: ['waits'] },
  {
    fault: 'look-up-down',
    ends: ['delivered', WAITED],
    at: ['Airalo', 'MobiMatter'],
  },
  { fault: 'look-up-down', ends: [WAITED], at: ['eSIM Card'] },
  {
    fault: 'create-timeout',
    times: 1,
    ends: ['delivered'],
    at: ['MobiMatter'],
  },
  { fault: 'create-timeout', ends: ['refunded'], at: ['MobiMatter'] },
];

/** What can happen at a wholesaler; in the small size each at one of them. */
export const outcomesAt = (provider: ProviderName) =>
  OUTCOMES.filter(({ at = WHOLESALERS.map((one) => one.provider) }, index) =>
    sized(0, 1) ? at.includes(provider) : at[index % at.length] === provider,
  );

const [AIRALO, MOBIMATTER, ESIM_CARD] = WHOLESALERS;

/** eSIM Card knows no reference of ours: what it sells under the ICCID of an earlier sale cannot be seen to be new. */
const GIVEN_OUT_TWICE: [Wholesaler, string[]][] = [
  [AIRALO, ['delivered + waits']],
  [MOBIMATTER, ['delivered + waits']],
  [ESIM_CARD, ['delivered + waits', 'delivered + waits, 1 bought in vain']],
];

export const givenOutTwice = () => GIVEN_OUT_TWICE.slice(0, sized(1, 3));
