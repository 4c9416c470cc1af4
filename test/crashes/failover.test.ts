import { FulfilmentAttempt } from '../../src/models/index.js';
import { sized } from '../support/figures.js';
import { anOffer, aProduct } from '../support/factories.js';
import { endOfAll } from './ends.js';
import { dieAtEveryStep } from './dying.js';
import { aMortalShop } from './mortal-shop.js';
import { paidFor } from './paid.js';
import { timePasses } from './time.js';
import { WHOLESALERS } from './wholesalers.js';

describe('A worker that dies at any step, where a second wholesaler sells the same', function () {
  this.timeout(0);
  aMortalShop();

  for (const { provider, sku, sim } of WHOLESALERS.slice(0, sized(1, 3))) {
    const other = WHOLESALERS.find((one) => one.provider !== provider)!;
    for (const [fault, seller] of [
      ['sold-out', other.provider],
      ['maintenance', other.provider],
      ['timeout-bought', provider],
      ['timeout-not-bought', other.provider],
    ] as const) {
      it(`${provider} with ${fault}: delivered by ${seller}`, () =>
        dieAtEveryStep(async () => {
          const plan = await aProduct({
            provider,
            providerProductId: sku,
          });
          await anOffer(plan, {
            provider: other.provider,
            providerProductId: other.sku,
          });
          await paidFor([plan]);
          sim.fault(fault);
          return { acts: timePasses(), end: endAndSeller };
        }, [`delivered by ${seller}`]));
    }
  }

  it('all sold out: refunded', () =>
    dieAtEveryStep(async () => {
      const [first, second, third] = WHOLESALERS;
      const plan = await aProduct({
        provider: first.provider,
        providerProductId: first.sku,
      });
      for (const { provider, sku } of [second, third])
        await anOffer(plan, { provider, providerProductId: sku });
      await paidFor([plan]);
      for (const { sim } of WHOLESALERS) sim.fault('sold-out');
      return { acts: timePasses(), end: endOfAll };
    }, ['refunded']));
});

async function endAndSeller() {
  const end = await endOfAll();
  const won = await FulfilmentAttempt.findOne({
    where: { state: 'succeeded' },
  });
  return `${end} by ${won?.provider}`;
}
