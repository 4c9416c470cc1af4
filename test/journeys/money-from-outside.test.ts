import { expect } from 'chai';
import { needingAPerson } from '../../src/office/inbox/inbox.js';
import { DAY, HOUR, MINUTE } from '../../src/lib/clock.js';
import { Coupon, Order, Product, Purchase, Refund } from '../../src/models/index.js';
import { stripe as api } from '../../src/payments/stripe.js';
import { world } from '../support/environment.js';
import { aCoupon, aProduct, anOffer } from '../support/factories.js';
import { buy, onlyOrder, startBuying } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';
import { work, workAfter } from '../support/work.js';

const { stripe } = world;

const refundAll = async () =>
  api.refunds.create({ payment_intent: (await Order.findOne({ rejectOnEmpty: true })).paymentId });

async function hours(count: number) {
  for (let hour = 0; hour < count; hour += 1) await workAfter(HOUR);
}

describe('Money that moves outside the shop', () => {
  it('a refund that overtakes the payment: nothing is delivered for it', async () => {
    stripe.webhooks = 'held';
    const { session } = await startBuying(await aProduct());
    stripe.pay(session);
    await api.refunds.create({ payment_intent: stripe.ledger().paymentIntents[0]!.id });
    for (const type of ['refund.created', 'charge.refunded'])
      await stripe.deliver(stripe.events(type)[0]!.id);
    await work();
    await stripe.deliver(stripe.events('checkout.session.completed')[0]!.id);
    await hours(1);
    expect(world.airalo.ledger()).to.have.length(0);
    expect((await onlyOrder()).status).to.equal('refunded');
  });

  it('a refund of everything in the dashboard reaches every order of the payment', async () => {
    await buy([[await aProduct(), 2]]);
    await refundAll();
    await work();
    expect((await Order.findAll()).map(({ status }) => status)).to.deep.equal(['refunded', 'refunded']);
    expect(await needingAPerson()).to.deep.equal([]);
  });

  it('a refund of everything in the dashboard leaves a free eSIM of the same payment alone', async () => {
    const [free, paid] = [await aProduct(), await aProduct()];
    const { code } = await aCoupon({ discountBasisPoints: 10_000, applicableProducts: [free.id] });
    const alice = new Visitor();
    for (const plan of [free, paid]) await alice.put(plan);
    await alice.post('/cart/coupon', { code });
    stripe.pay(await alice.startPaying());
    await work();
    await refundAll();
    await work();
    const orders = await Order.findAll({ order: [['amountMinor', 'ASC']] });
    expect(orders.map(({ status }) => status)).to.deep.equal(['completed', 'refunded']);
  });

  it('a refund of a part that fits no order stops what is not delivered and asks for a person', async () => {
    world.airalo.fault({ fault: 'rate-limited', times: 2 });
    await buy([[await aProduct(), 2]]);
    await api.refunds.create({ payment_intent: (await Order.findOne())!.paymentId, amount: 100 });
    await work();
    await hours(2);
    expect(world.airalo.ledger()).to.have.length(0);
    expect((await needingAPerson()).some(({ why }) => why === 'On hold: foreign_refund')).to.equal(true);
  });

  it('a pending refund in the dashboard that fails in the end lets the order go on', async () => {
    world.airalo.fault({ fault: 'rate-limited', times: 1 });
    await buy(await aProduct());
    stripe.fault('refund-pending');
    const { id } = await refundAll();
    await workAfter(5 * MINUTE);
    expect(world.airalo.ledger()).to.have.length(0);
    stripe.settleRefund(id, 'failed');
    await workAfter(MINUTE);
    expect((await onlyOrder()).status).to.equal('completed');
  });

  it('a refund in the dashboard while it is unknown whether an eSIM was bought waits until that is certain', async () => {
    const plan = await aProduct({
      provider: 'eSIM Card',
      providerProductId: '00306b97-0b66-42f8-bed2-29def8a0a12d',
    });
    world.esimCard.fault({ fault: 'timeout-bought', times: 1 });
    await buy(plan);
    await refundAll();
    await work();
    for (let minute = 0; minute < 30; minute += 1) await workAfter(MINUTE);
    expect((await onlyOrder()).status).to.equal('refunded');
    expect(world.mailbox.mails().map(({ subject }) => subject)).to.deep.equal([
      `We refunded $4.50 for ${plan.name}`,
    ]);

    stripe.pay((await startBuying(plan)).session);
    await workAfter(MINUTE);
    expect(await Order.count({ where: { status: 'completed' } })).to.equal(1);
  });

  it('our refund and one in the dashboard at the same time return the money once', async () => {
    world.airalo.fault('sold-out');
    stripe.fault('refund-500', 2);
    await buy(await aProduct());
    stripe.lift('refund-500');
    await refundAll();
    await hours(3);
    expect(stripe.ledger().refunds.filter(({ status }) => status === 'succeeded')).to.have.length(1);
    expect(await Refund.findOne()).to.include({ state: 'succeeded' });
    expect((await onlyOrder()).status).to.equal('refunded');
  });

  it('a dispute stops the delivery; won, it goes on; lost, it stays with a person', async () => {
    for (const [outcome, status] of [
      ['won', 'completed'],
      ['lost', 'pending'],
    ] as const) {
      world.airalo.fault({ fault: 'rate-limited', times: 1 });
      const { session } = await startBuying(await aProduct());
      stripe.pay(session, '4000000000000259');
      await work();
      await workAfter(MINUTE);
      expect(await Order.count({ where: { holdReason: 'dispute' } })).to.equal(1);
      stripe.closeDispute(stripe.ledger().disputes.at(-1)!.id, outcome);
      await work();
      await workAfter(MINUTE);
      expect((await Order.findAll({ order: ['created'] })).at(-1)!.status, outcome).to.equal(status);
    }
    expect(await needingAPerson()).to.have.length(1);
  });

  it('a payment that does not add up, once refunded, sets stock and coupon free', async () => {
    const plan = await aProduct({ stock: 1 });
    const { session } = await startBuying(plan);
    stripe.tamper(session, { amount_total: 1 });
    stripe.pay(session);
    await work();
    expect((await Purchase.findOne())!.state).to.equal('review');
    await api.refunds.create({ payment_intent: stripe.ledger().paymentIntents[0]!.id });
    await work();
    expect((await Purchase.findOne())!.state).to.equal('expired');
    expect((await Product.findByPk(plan.id))!.stock).to.equal(1);
  });

  it('a bank transfer that never comes is shown to a person', async () => {
    const { session } = await startBuying(await aProduct(), { payment_method: 'bank_transfer' });
    stripe.promiseTransfer(session);
    await work();
    await workAfter(15 * DAY);
    expect((await needingAPerson()).map(({ why }) => why)).to.deep.equal([
      'The bank transfer has not come for two weeks',
    ]);
  });

  it('two tabs cannot use a coupon of one use twice', async () => {
    const coupon = await aCoupon({ discountBasisPoints: 9000, usageLimit: 1 });
    const alice = new Visitor();
    await alice.put(await aProduct({ priceMinor: 1000 }));
    await alice.post('/cart/coupon', { code: coupon.code });
    const keys = [await alice.get('/checkout'), await alice.get('/checkout')].map((page) =>
      String(page.$('input[name=form_key]').val()),
    );
    stripe.latencyMs = 200;
    const answers = await Promise.all(keys.map((form_key) => alice.checkOut({ form_key })));
    const sessions = answers.flatMap(({ location }) => /(cs_[A-Za-z0-9_]+)/.exec(location ?? '')?.[1] ?? []);
    for (const session of sessions) {
      if (stripe.ledger().sessions.find(({ id }) => id === session)!.status === 'open') stripe.pay(session);
    }
    await work();
    expect(
      (await Order.findAll({ where: { paymentStatus: 'paid' } })).filter(
        ({ discountAmountMinor }) => discountAmountMinor > 0,
      ),
    ).to.have.length(1);
    expect((await Coupon.findOne())!.usageCount).to.equal(1);
  });

  it('a wholesaler that must be asked one by one does not keep a buyer waiting where another can deliver', async () => {
    const plan = await aProduct({
      provider: 'eSIM Card',
      providerProductId: '00306b97-0b66-42f8-bed2-29def8a0a12d',
    });
    await anOffer(plan);
    world.esimCard.fault({ fault: 'timeout-bought-late', times: 1, ms: HOUR });
    await buy(plan);
    const { session } = await startBuying(plan);
    stripe.pay(session);
    await work();
    for (let minute = 0; minute < 3; minute += 1) await workAfter(MINUTE);
    expect(world.mobiMatter.ledger()).to.have.length(1);
  });
});
