import type { FaultName } from '../../src/simulators/wholesaler/faults.js';
import { world } from './environment.js';
import type { Chance } from './kill-chance.js';

const ANYWHERE = [
  'timeout-bought',
  'timeout-bought-late',
  'timeout-not-bought',
  'hang-bought',
  'server-error-bought',
  'garbage',
  'delayed',
  'slow',
  'sold-out',
] as const satisfies readonly FaultName[];

const WHOLESALERS = [
  { wholesaler: world.airalo, faults: [...ANYWHERE, 'rate-limited'] },
  { wholesaler: world.esimCard, faults: [...ANYWHERE, 'rate-limited'] },
  { wholesaler: world.mobiMatter, faults: [...ANYWHERE, 'create-timeout'] },
] as const;

const SOON_MS = 700;

/** One more thing goes wrong, once, beside the kills. */
export function makeTrouble(chance: Chance) {
  switch (chance.weigh({ wholesaler: 8, stripe: 1, mail: 1 })) {
    case 'wholesaler': {
      const { wholesaler, faults } = chance.pick(WHOLESALERS);
      return wholesaler.fault({ fault: chance.pick<FaultName>(faults), times: 1, ms: SOON_MS });
    }
    case 'stripe':
      return world.stripe.fault(
        chance.pick(['create-500', 'create-dropped', 'refund-500', 'refund-dropped'] as const),
      );
    case 'mail':
      return world.mailbox.fault(chance.pick(['reject-451', 'drop-before-data'] as const));
  }
}
