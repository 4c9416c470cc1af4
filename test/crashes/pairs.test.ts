import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { endOfAll } from './ends.js';
import { dieAtEveryPair } from './dying.js';
import { aMortalShop } from './mortal-shop.js';
import { paidFor } from './paid.js';
import { PersistentBuyer } from './persistent-buyer.js';
import { stripeTells, timePasses } from './time.js';

describe('A shop that dies twice', function () {
  this.timeout(0);
  aMortalShop();

  it('sells once, from the form to the mail', () =>
    dieAtEveryPair(async () => {
      const { submits, pays, returns } = await PersistentBuyer.with(await aProduct());
      return {
        acts: [submits, pays, stripeTells, returns, ...timePasses()],
        end: endOfAll,
      };
    }, 'delivered'));

  it('refunds once what nobody can deliver', () =>
    dieAtEveryPair(async () => {
      world.airalo.fault('sold-out');
      await paidFor([await aProduct()]);
      return { acts: timePasses(), end: endOfAll };
    }, 'refunded'));

  it('buys once from a wholesaler that drops the line', () =>
    dieAtEveryPair(async () => {
      world.mobiMatter.fault('timeout-bought');
      await paidFor([
        await aProduct({
          provider: 'MobiMatter',
          providerProductId: 'MM-JP-12',
        }),
      ]);
      return { acts: timePasses(), end: endOfAll };
    }, 'delivered'));
});
