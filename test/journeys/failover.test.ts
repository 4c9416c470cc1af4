import { expect } from 'chai';
import { MINUTE, SECOND, clock } from '../../src/lib/clock.js';
import { AutomationLog, FulfilmentAttempt, Product, Refund } from '../../src/models/index.js';
import { CHORES } from '../../src/operations/work.js';
import type { ProviderName } from '../../src/providers/provider.js';
import { world } from '../support/environment.js';
import { aProduct, anOffer } from '../support/factories.js';
import { buy, onlyOrder, startBuying, subjects } from '../support/shopping.js';
import { watch } from '../support/watching.js';
import { workAfter } from '../support/work.js';

const WHOLESALERS = [
  { provider: 'Airalo', sku: 'japan-7days-1gb', sim: world.airalo },
  { provider: 'MobiMatter', sku: 'MM-JP-12', sim: world.mobiMatter },
  { provider: 'eSIM Card', sku: '00306b97-0b66-42f8-bed2-29def8a0a12d', sim: world.esimCard },
] as const satisfies { provider: ProviderName; sku: string; sim: object }[];

const outcomes = async () =>
  (await FulfilmentAttempt.findAll({ order: [['number', 'ASC']] })).map(
    ({ provider, state }) => `${provider} ${state}`,
  );

describe('Failover', () => {
  for (const { provider, sku, sim } of WHOLESALERS) {
    const other = WHOLESALERS.find((one) => one.provider !== provider)!;

    it(`${provider} sold out: the next wholesaler delivers`, async () => {
      const plan = await aProduct({ provider, providerProductId: sku });
      await anOffer(plan, { provider: other.provider, providerProductId: other.sku });
      sim.fault('sold-out');
      await buy(plan);

      expect(await outcomes()).to.deep.equal([`${provider} rejected`, `${other.provider} succeeded`]);
      expect((await onlyOrder()).status).to.equal('completed');
      expect(other.sim.ledger().map((bought) => bought.sku)).to.deep.equal([other.sku]);
      expect(sim.ledger()).to.have.length(0);
    });

    it(`${provider} drops the line after buying: found by look-up, bought once`, async () => {
      const plan = await aProduct({ provider, providerProductId: sku });
      await anOffer(plan, { provider: other.provider, providerProductId: other.sku });
      sim.fault({ fault: 'timeout-bought', times: 1 });
      await buy(plan);
      for (const wait of [5 * SECOND, 10 * SECOND, MINUTE, 3 * MINUTE]) await workAfter(wait);

      expect((await onlyOrder()).status).to.equal('completed');
      expect(sim.ledger()).to.have.length(1);
      expect(other.sim.ledger()).to.have.length(0);
      expect(world.mailbox.mails()).to.have.length(1);
    });

    it(`${provider} drops the line and buys nothing: tried again when that is certain, never before`, async () => {
      const plan = await aProduct({ provider, providerProductId: sku });
      sim.fault({ fault: 'timeout-not-bought', times: 1 });
      await buy(plan);
      for (let minute = 0; minute < 20; minute += 1) await workAfter(MINUTE);

      expect((await onlyOrder()).status).to.equal('completed');
      expect(sim.ledger()).to.have.length(1);
      expect(world.mailbox.mails()).to.have.length(1);
    });

    it(`${provider} takes its time: the order waits and is delivered once`, async () => {
      const plan = await aProduct({ provider, providerProductId: sku });
      sim.fault({ fault: 'delayed', times: 1, lookUps: 2 });
      await buy(plan);
      for (let step = 0; step < 5; step += 1) await workAfter(MINUTE);

      expect((await onlyOrder()).status).to.equal('completed');
      expect(sim.ledger()).to.have.length(1);
    });
  }

  it('all refuse: the order fails, the money goes back by itself, and the buyer is told', async () => {
    const plan = await aProduct();
    await anOffer(plan);
    world.airalo.fault('sold-out');
    world.mobiMatter.fault('no-balance');
    const { alice, returnPath } = await buy(plan);

    const order = await onlyOrder();
    expect(order).to.include({ status: 'refunded', paymentStatus: 'refunded', stockState: 'released' });
    expect(await Refund.findOne()).to.include({
      state: 'succeeded',
      amountMinor: 450,
      reason: 'undeliverable',
    });
    expect(world.stripe.ledger().refunds.map(({ amount, status }) => [amount, status])).to.deep.equal([
      [450, 'succeeded'],
    ]);
    expect((await Product.findByPk(plan.id))!.stock).to.equal(10);
    expect(subjects()).to.deep.equal([
      `We could not deliver ${plan.name}`,
      `We refunded $4.50 for ${plan.name}`,
    ]);
    expect((await alice.follow(returnPath)).text)
      .to.contain('Refunded')
      .and.not.contain('LPA:');
  });

  it('refunds only the eSIM that nobody could deliver', async () => {
    const good = await aProduct({ priceMinor: 700 });
    const bad = await aProduct({
      priceMinor: 500,
      provider: 'MobiMatter',
      providerProductId: 'MM-JP-1-sold-out',
    });
    await buy([
      [good, 1],
      [bad, 1],
    ]);
    expect(world.stripe.ledger().refunds.map((refund) => refund.amount)).to.deep.equal([500]);
    expect(subjects()).to.include(`Your eSIM is ready: ${good.name}`);
  });

  it('shows the refund as under way while Stripe has not confirmed it', async () => {
    world.airalo.fault('sold-out');
    world.stripe.fault('refund-pending');
    const { alice, returnPath } = await buy(await aProduct());
    expect((await onlyOrder()).status).to.equal('failed');
    expect((await alice.follow(returnPath)).text).to.contain('on its way back to you');

    world.stripe.settleRefund(world.stripe.ledger().refunds[0]!.id, 'succeeded');
    await workAfter(SECOND);
    expect((await onlyOrder()).status).to.equal('refunded');
  });

  it('asks Stripe for one refund only, though the answer got lost', async () => {
    world.airalo.fault('sold-out');
    world.stripe.fault('refund-dropped', 6);
    await buy(await aProduct());
    for (let minute = 0; minute < 5; minute += 1) await workAfter(MINUTE);
    expect(world.stripe.ledger().refunds).to.have.length(1);
    expect((await onlyOrder()).status).to.equal('refunded');
  });

  it('waits as long as a rate limit says and then buys from the same wholesaler', async () => {
    world.airalo.fault({ fault: 'rate-limited', times: 1 });
    await buy(await aProduct());
    expect((await onlyOrder()).status).to.equal('processing');
    await workAfter(2 * MINUTE);
    expect((await onlyOrder()).status).to.equal('completed');
    expect(await outcomes()).to.deep.equal(['Airalo rejected', 'Airalo succeeded']);
  });

  it('never gives an eSIM out twice, whatever the wholesaler says', async () => {
    await buy(await aProduct());
    world.airalo.fault({ fault: 'duplicate-iccid', times: 1 });
    const { alice, returnPath } = await buy(await aProduct());
    expect((await alice.follow(returnPath)).text).to.not.contain('LPA:');
    expect(world.mailbox.mails()).to.have.length(1);
    const told = { message: 'Airalo answered with an eSIM that was given out before' };
    expect(await AutomationLog.count({ where: told })).to.equal(1);
    expect(await FulfilmentAttempt.count({ where: { state: 'unknown' } })).to.equal(1);
  });

  it('neither refunds nor buys elsewhere while it is unknown whether an eSIM was bought', async () => {
    const plan = await aProduct();
    await anOffer(plan);
    world.airalo.fault({ fault: 'timeout-bought', times: 1 });
    world.airalo.fault('look-up-down');
    await buy(plan);
    for (let minute = 0; minute < 30; minute += 1) await workAfter(MINUTE);

    expect((await onlyOrder()).status).to.equal('processing');
    expect(world.mobiMatter.ledger()).to.have.length(0);
    expect(world.stripe.ledger().refunds).to.have.length(0);
    world.airalo.clearFaults();
    await workAfter(5 * MINUTE);
    expect((await onlyOrder()).status).to.equal('completed');
    expect(world.airalo.ledger()).to.have.length(1);
  });

  it('does not buy for a worker that stood still until another may have bought', async () => {
    const asleep = watch({
      statement: async (sql, send) => {
        const done = await send();
        if (/INSERT INTO .fulfilment_attempts/.test(sql)) {
          clock.advance(6 * MINUTE);
          asleep();
        }
        return done;
      },
      turn: (take) => take(),
      call: (make) => make(),
    });
    const plan = await aProduct();
    const { session } = await startBuying(plan);
    world.stripe.pay(session);
    await world.stripe.settled();
    while (await CHORES.inbox.step());
    await CHORES.fulfilment.step();
    expect(await outcomes()).to.deep.equal(['Airalo sent']);
    expect(world.airalo.ledger()).to.have.length(0);
    for (let minute = 0; minute < 12; minute += 1) await workAfter(MINUTE);
    expect((await onlyOrder()).status).to.equal('completed');
    expect(await outcomes()).to.deep.equal(['Airalo abandoned', 'Airalo succeeded']);
    expect(world.airalo.ledger()).to.have.length(1);
  });
});
