import { expect } from 'chai';
import type Stripe from 'stripe';
import { clock, SECOND } from '../../../src/lib/clock.js';
import { startStripe, type StripeSimulator } from '../../../src/simulators/stripe/index.js';
import { aSession, clientOf, failure } from './support.js';

describe('A simulated refund', () => {
  let sim: StripeSimulator;
  let stripe: Stripe;

  before(async () => {
    sim = await startStripe();
    stripe = clientOf(sim);
  });
  beforeEach(() => sim.reset());
  afterEach(() => clock.reset());
  after(() => sim.close());

  async function aPayment(card?: string) {
    const { id } = await stripe.checkout.sessions.create(aSession());
    return sim.pay(id, card).payment_intent!;
  }

  it('gives back the rest when no amount is named', async () => {
    const payment_intent = await aPayment();
    await stripe.refunds.create({ payment_intent, amount: 200, metadata: { order_id: '7' } });
    const rest = await stripe.refunds.create({ payment_intent, reason: 'requested_by_customer' });

    expect(rest).to.include({ amount: 700, status: 'succeeded', currency: 'eur', payment_intent });
    const { data } = await stripe.refunds.list({ payment_intent });
    expect(data.map(({ amount }) => amount)).to.deep.equal([700, 200]);
    expect(data[1]!.metadata).to.deep.equal({ order_id: '7' });
    const charge = await stripe.charges.retrieve(rest.charge as string);
    expect(charge).to.include({ amount_refunded: 900, refunded: true });
    expect(sim.events('charge.refunded')).to.have.length(2);
    expect(sim.events('refund.created')).to.have.length(2);
    expect((await stripe.balance.retrieve()).available[0]).to.include({ amount: 0, currency: 'eur' });
  });

  it('is refused when there is nothing left, too little, or nothing paid', async () => {
    const payment_intent = await aPayment();
    const unpaid = await aPayment('4000000000000002');

    expect(await failure(stripe.refunds.create({ payment_intent, amount: 901 }))).to.include({
      param: 'amount',
    });
    await stripe.refunds.create({ payment_intent });
    const again = await failure(stripe.refunds.create({ payment_intent }));
    expect(again).to.include({ code: 'charge_already_refunded', statusCode: 400 });
    expect(await failure(stripe.refunds.create({ payment_intent: unpaid }))).to.include({ statusCode: 400 });
    expect(await failure(stripe.refunds.create({ payment_intent: 'pi_x' }))).to.include({
      code: 'resource_missing',
    });
  });

  it('to one test card succeeds and fails later, so that it can be made again', async () => {
    const payment_intent = await aPayment('4000000000005126');
    const refund = await stripe.refunds.create({ payment_intent });
    expect(refund.status).to.equal('succeeded');

    clock.advance(11 * SECOND);
    sim.tick();

    const later = await stripe.refunds.retrieve(refund.id, { expand: ['charge'] });
    expect(later).to.include({ status: 'failed', failure_reason: 'lost_or_stolen_card' });
    expect(later.charge).to.include({ amount_refunded: 0, refunded: false });
    expect(sim.events('refund.failed')).to.have.length(1);
    expect((await stripe.refunds.create({ payment_intent })).amount).to.equal(900);
  });

  it('to another test card is pending first', async () => {
    const refund = await stripe.refunds.create({ payment_intent: await aPayment('4000000000007726') });
    expect(refund.status).to.equal('pending');

    clock.advance(11 * SECOND);
    sim.tick();

    expect((await stripe.refunds.retrieve(refund.id)).status).to.equal('succeeded');
    expect(sim.events('refund.updated')).to.have.length(1);
  });

  it('waits for a hand when it was told to', async () => {
    const payment_intent = await aPayment();
    sim.fault('refund-pending');
    const refund = await stripe.refunds.create({ payment_intent });
    clock.advance(60 * SECOND);
    sim.tick();
    expect((await stripe.refunds.retrieve(refund.id)).status).to.equal('pending');

    sim.settleRefund(refund.id, 'failed');
    expect((await stripe.refunds.retrieve(refund.id)).status).to.equal('failed');
  });

  it('is refused while the charge is disputed', async () => {
    const payment_intent = await aPayment('4000000000000259');

    expect(sim.events('charge.dispute.created')).to.have.length(1);
    expect(await failure(stripe.refunds.create({ payment_intent }))).to.include({ code: 'charge_disputed' });
  });
});
