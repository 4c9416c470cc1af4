import { expect } from 'chai';
import type Stripe from 'stripe';
import { clock, HOUR, MINUTE } from '../../../src/lib/clock.js';
import { startStripe, type StripeSimulator } from '../../../src/simulators/stripe/index.js';
import { aSession, anItem, clientOf, failure, inMinutes } from './support.js';

describe('A simulated Checkout Session', () => {
  let sim: StripeSimulator;
  let stripe: Stripe;

  before(async () => {
    sim = await startStripe();
    stripe = clientOf(sim);
  });
  beforeEach(() => sim.reset());
  afterEach(() => clock.reset());
  after(() => sim.close());

  const create = (overrides: Partial<Stripe.Checkout.SessionCreateParams>) =>
    stripe.checkout.sessions.create(aSession(overrides));

  it('opens with the sum of its items and a page to pay on', async () => {
    const session = await create({ metadata: { checkout_id: '7' }, client_reference_id: 'order-7' });

    expect(session).to.include({
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      livemode: false,
    });
    expect(session).to.include({ amount_total: 900, amount_subtotal: 900, currency: 'eur' });
    expect(session).to.include({ client_reference_id: 'order-7', url: `${sim.url}/c/pay/${session.id}` });
    expect(session.metadata).to.deep.equal({ checkout_id: '7' });
    expect(session.customer_details?.email).to.equal('ana@example.com');
    expect(session.expires_at).to.equal(session.created + 24 * 3600);
    expect(session.lastResponse.requestId).to.match(/^req_/);
  });

  it('keeps the payment data for the intent, which is made at the first attempt to pay', async () => {
    const session = await create({
      metadata: { a: '1' },
      payment_intent_data: { metadata: { order_id: '7' } },
    });
    sim.pay(session.id);

    const paid = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent.latest_charge'],
    });
    const intent = paid.payment_intent as Stripe.PaymentIntent;
    const charge = intent.latest_charge as Stripe.Charge;
    expect(paid).to.include({ status: 'complete', payment_status: 'paid', url: null });
    expect(intent).to.include({ status: 'succeeded', amount: 900, amount_received: 900 });
    expect(intent.metadata).to.deep.equal({ order_id: '7' });
    expect(charge).to.include({
      amount: 900,
      amount_refunded: 0,
      refunded: false,
      payment_intent: intent.id,
    });
    expect(await (await fetch(charge.receipt_url!)).text()).to.contain('€9.00');
  });

  it('shows its line items when asked', async () => {
    const { id } = await create({});
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['line_items'] });

    expect(session.line_items?.data[0]).to.include({
      description: 'Japan 5 GB',
      quantity: 2,
      amount_total: 900,
    });
    expect((await stripe.checkout.sessions.listLineItems(id)).data).to.have.length(1);
    expect(await stripe.checkout.sessions.retrieve(id)).not.to.have.property('line_items');
  });

  it('refuses to expand what is not there', async () => {
    const { id } = await create({});
    expect(await failure(stripe.checkout.sessions.retrieve(id, { expand: ['banana'] }))).to.include({
      statusCode: 400,
    });
  });

  it('expires by the clock when somebody looks', async () => {
    const { id } = await create({ expires_at: inMinutes(31) });
    clock.advance(32 * MINUTE);

    expect(await stripe.checkout.sessions.retrieve(id)).to.include({ status: 'expired', url: null });
    expect(sim.events('checkout.session.expired')).to.have.length(1);
  });

  it('expires by the clock when nobody looks', async () => {
    await create({});
    clock.advance(25 * HOUR);
    sim.tick();

    expect(sim.ledger().sessions[0]?.status).to.equal('expired');
  });

  it('can be expired while it is open and only then', async () => {
    const open = await create({});
    const paid = await create({});
    sim.pay(paid.id);

    expect((await stripe.checkout.sessions.expire(open.id)).status).to.equal('expired');
    expect(await failure(stripe.checkout.sessions.expire(open.id))).to.include({ statusCode: 400 });
    expect(await failure(stripe.checkout.sessions.expire(paid.id))).to.include({ statusCode: 400 });
    expect(() => sim.pay(open.id)).to.throw('This Checkout Session is expired');
  });

  it('is found in the list by time, by payment and page by page', async () => {
    const old = await create({});
    clock.advance(HOUR);
    const first = await create({});
    const second = await create({ line_items: [anItem(100, 'usd')] });
    sim.pay(first.id);
    const { payment_intent } = await stripe.checkout.sessions.retrieve(first.id);

    const idsOf = async (params: Stripe.Checkout.SessionListParams) =>
      (await stripe.checkout.sessions.list(params)).data.map(({ id }) => id);
    expect(await idsOf({ created: { gte: first.created } })).to.deep.equal([second.id, first.id]);
    expect(await idsOf({ payment_intent: payment_intent as string })).to.deep.equal([first.id]);
    expect(await idsOf({ limit: 1, starting_after: first.id })).to.deep.equal([old.id]);
    const everything = await stripe.checkout.sessions.list({ limit: 1 }).autoPagingToArray({ limit: 10 });
    expect(everything.map(({ id }) => id)).to.deep.equal([second.id, first.id, old.id]);
  });

  it('is unknown under a wrong id', async () => {
    const error = await failure(stripe.checkout.sessions.retrieve('cs_test_nobody'));
    expect(error).to.include({ statusCode: 404, code: 'resource_missing' });
  });
});
