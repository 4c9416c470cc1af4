import { expect } from 'chai';
import { MINUTE, SECOND } from '../../src/lib/clock.js';
import { EmailLog, Order, Product, Refund } from '../../src/models/index.js';
import { endOldLeases } from '../../src/operations/work.js';
import type { ProviderName } from '../../src/providers/provider.js';
import { booksMustBeRight, booksMustBeSettled } from '../support/books.js';
import { emptyDatabase } from '../support/database.js';
import { dyingAt } from '../support/crashing.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { onlyOrder, startBuying } from '../support/shopping.js';
import { work, workAfter } from '../support/work.js';

const LONG_ENOUGH = [SECOND, 5 * SECOND, 10 * SECOND, MINUTE, 3 * MINUTE, 10 * MINUTE, 10 * MINUTE, MINUTE];

/** Pays one order, lets the worker die at each of its steps in turn, starts it again, and looks at what came of it. */
async function dieAtEveryStep(provider: ProviderName, sku: string, check: (plan: Product) => Promise<void>) {
  for (let step = 1; ; step += 1) {
    await world.stripe.reset();
    world.mailbox.clear();
    for (const sim of [world.airalo, world.mobiMatter, world.esimCard]) sim.reset();
    await emptyDatabase();
    const plan = await aProduct({ provider, providerProductId: sku });
    const { session } = await startBuying(plan);
    world.stripe.pay(session);
    await world.stripe.settled();

    const lived = await dyingAt(step, work);
    await booksMustBeRight();
    await endOldLeases();
    for (const wait of LONG_ENOUGH) {
      await workAfter(wait);
      if (await allDone()) break;
    }
    await check(plan);
    await booksMustBeSettled();
    if (lived) return step - 1;
  }
}

const allDone = async () =>
  (await onlyOrder()).settled() && (await EmailLog.count({ where: { status: 'queued' } })) === 0;

async function deliveredOnce(plan: Product, ledger: () => { iccid: string }[]) {
  const order = await onlyOrder();
  expect(order).to.include({ status: 'completed', stockState: 'consumed' });
  expect(ledger()).to.have.length(1);
  expect(ledger()[0]!.iccid).to.equal(order.esimIccid);
  expect((await plan.reload()).stock).to.equal(9);
  expect(await EmailLog.count()).to.equal(1);
  // A death between SMTP's "250" and our note sends the same mail again: the limit of SMTP.
  expect(world.mailbox.mails().length).to.be.within(1, 2);
  expect(new Set(world.mailbox.mails().map((mail) => mail.messageId)).size).to.equal(1);
}

describe('A worker that dies between any two steps and is started again', () => {
  for (const { provider, sku, sim } of [
    { provider: 'Airalo', sku: 'japan-7days-1gb', sim: world.airalo },
    { provider: 'MobiMatter', sku: 'MM-JP-12', sim: world.mobiMatter },
    { provider: 'eSIM Card', sku: '00306b97-0b66-42f8-bed2-29def8a0a12d', sim: world.esimCard },
  ] as const) {
    it(`finishes an order at ${provider} once`, async function () {
      this.timeout(120_000);
      const steps = await dieAtEveryStep(provider, sku, (plan) => deliveredOnce(plan, () => sim.ledger()));
      expect(steps).to.be.greaterThan(20);
    });
  }

  it('refunds once what nobody can deliver', async function () {
    this.timeout(120_000);
    await dieAtEveryStep('Airalo', 'japan-7days-1gb-sold-out', async (plan) => {
      expect((await onlyOrder()).status).to.equal('refunded');
      expect(await Refund.count()).to.equal(1);
      expect(world.stripe.ledger().refunds).to.have.length(1);
      expect((await plan.reload()).stock).to.equal(10);
      expect(await Order.count()).to.equal(1);
      expect(new Set(world.mailbox.mails().map((mail) => mail.messageId)).size).to.equal(2);
    });
  });
});
