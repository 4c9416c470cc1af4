import { aProduct } from '../support/factories.js';
import { work } from '../support/work.js';
import type { Fault } from '../../src/simulators/wholesaler/faults.js';
import { endOfAll } from './ends.js';
import { dieAtEveryStep } from './dying.js';
import { aMortalShop, shop } from './mortal-shop.js';
import { paidFor } from './paid.js';
import type { Story } from './story.js';
import { timePasses, untilSettled } from './time.js';
import { givenOutTwice, outcomesAt, WHOLESALERS, type Wholesaler } from './wholesalers.js';

describe('A worker that dies at any step of a purchase and is started again', function () {
  this.timeout(0);
  aMortalShop();

  for (const wholesaler of WHOLESALERS) {
    const { provider } = wholesaler;
    it(`at ${provider}: delivered`, () => dieAtEveryStep(paidAt(wholesaler), ['delivered']));

    for (const { ends, at: _at, ...fault } of outcomesAt(provider)) {
      const once = fault.times ? ' once' : '';
      it(`at ${provider}, with ${fault.fault}${once}: ${ends.join(', or ')}`, () =>
        dieAtEveryStep(paidAt(wholesaler, fault), ends));
    }
  }

  for (const [wholesaler, ends] of givenOutTwice()) {
    it(`at ${wholesaler.provider}, which gives out an eSIM a second time: ${ends.join(', or ')}`, () =>
      dieAtEveryStep(async () => {
        await paidAt(wholesaler)();
        await work();
        return paidAt(wholesaler, { fault: 'duplicate-iccid' })();
      }, ends));
  }
});

const paidAt =
  ({ provider, sku, sim }: Wholesaler, fault?: Fault): Story =>
  async () => {
    await paidFor([await aProduct({ provider, providerProductId: sku })]);
    if (fault) sim.fault(fault);
    if (fault?.fault === 'hang-bought') shop.patienceMs = 200;
    return { acts: timePasses(), end: () => endAfterMending(sim) };
  };

/** When an order waits for a person, the person mends what is broken. */
async function endAfterMending(sim: Wholesaler['sim']) {
  const end = await endOfAll();
  if (!end.includes('waits')) return end;
  sim.clearFaults();
  await untilSettled();
  const then = await endOfAll();
  return then === end ? end : `${end}, then ${then}`;
}
