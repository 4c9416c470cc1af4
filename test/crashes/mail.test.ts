import { fulfilNext } from '../../src/fulfilment/run.js';
import type { MailFault } from '../../src/simulators/mailbox/index.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { endOfAll } from './ends.js';
import { dieAtEveryStep } from './dying.js';
import { aMortalShop } from './mortal-shop.js';
import { paidFor } from './paid.js';
import { timePasses } from './time.js';

const OUTCOMES: [MailFault, number, string][] = [
  ['down', 3, 'delivered'],
  ['reject-451', 1, 'delivered'],
  ['reject-550', 9, 'delivered, mail refused'],
  ['drop-before-data', 1, 'delivered'],
  ['drop-after-data', 1, 'delivered'],
];

describe('A worker that dies at any step of sending a mail and is started again', function () {
  this.timeout(0);
  aMortalShop();

  for (const [fault, times, end] of OUTCOMES) {
    it(`to a mailbox with ${fault}: ${end}`, () =>
      dieAtEveryStep(async () => {
        await paidFor([await aProduct()]);
        while (await fulfilNext());
        world.mailbox.fault(fault, times);
        return {
          acts: timePasses(),
          end: () => endOfAll(fault === 'drop-after-data' ? 1 : 0),
        };
      }, [end]));
  }
});
