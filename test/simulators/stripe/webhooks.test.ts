import { expect } from 'chai';
import type Stripe from 'stripe';
import { startStripe, type StripeSimulator } from '../../../src/simulators/stripe/index.js';
import { aSession, aShop, clientOf, type Received } from './support.js';

const SECRET = 'whsec_shop';

describe('A simulated webhook', () => {
  let sim: StripeSimulator;
  let stripe: Stripe;
  let shop: Awaited<ReturnType<typeof aShop>>;
  const answers: number[] = [];

  before(async () => {
    shop = await aShop(answers);
    sim = await startStripe({ webhookUrl: shop.url, webhookSecret: SECRET });
    sim.retryDelaysMs = [5, 5];
    stripe = clientOf(sim);
  });
  beforeEach(async () => {
    await sim.reset();
    shop.received.length = 0;
    answers.length = 0;
  });
  after(async () => {
    await sim.close();
    shop.close();
  });

  const opened = async () => (await stripe.checkout.sessions.create(aSession())).id;
  const read = ({ body, signature }: Received) => stripe.webhooks.constructEvent(body, signature, SECRET);
  const theOnly = (type: string) => sim.events(type)[0]!;

  it('is signed and tells what happened', async () => {
    const id = await opened();
    sim.pay(id);
    await sim.settled();

    const events = shop.received.map(read);
    const types = events.map(({ type }) => type);
    expect(types).to.have.members([
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ]);
    const completed = events.find(({ type }) => type === 'checkout.session.completed')!;
    expect(completed).to.include({ livemode: false, api_version: '2026-10-28.endive' });
    expect(completed.data.object).to.include({ id, payment_status: 'paid', amount_total: 900 });
  });

  it('is sent again until the shop says yes', async () => {
    answers.push(503, 302);
    await stripe.checkout.sessions.expire(await opened());
    await sim.settled();

    expect(theOnly('checkout.session.expired').answers).to.deep.equal([503, 302, 200]);
    expect(new Set(shop.received.map(({ body }) => body)).size).to.equal(1);
  });

  it('is given up after a few tries and then listed as undelivered', async () => {
    answers.push(500, 500, 500);
    await stripe.checkout.sessions.expire(await opened());
    await sim.settled();

    const { data } = await stripe.events.list({ delivery_success: false });
    expect(data.map(({ type, pending_webhooks }) => [type, pending_webhooks])).to.deep.equal([
      ['checkout.session.expired', 1],
    ]);
    await sim.deliverAll();
    expect((await stripe.events.list({ delivery_success: false })).data).to.deep.equal([]);
  });

  it('can be held back and delivered by hand, several times at once', async () => {
    sim.webhooks = 'held';
    sim.pay(await opened());
    await sim.settled();
    expect(shop.received).to.deep.equal([]);

    expect(await sim.deliver(theOnly('checkout.session.completed').id, 5)).to.deep.equal([
      200, 200, 200, 200, 200,
    ]);
    expect(shop.received).to.have.length(5);
    expect(await sim.deliverAll()).to.deep.equal([200, 200]);
  });

  it('can be lost', async () => {
    sim.webhooks = 'dropped';
    sim.pay(await opened());
    await sim.settled();

    expect(shop.received).to.deep.equal([]);
    expect(sim.events()).to.have.length(3);
  });

  it('reports a shop that does not answer as 0', async () => {
    sim.webhooks = 'held';
    sim.pay(await opened());
    sim.webhookUrl = 'http://127.0.0.1:1/nobody';
    expect(await sim.deliver(theOnly('checkout.session.completed').id)).to.deep.equal([0]);
    sim.webhookUrl = shop.url;
  });

  for (const forgery of ['wrong-secret', 'stale-timestamp', 'altered-body', 'no-signature'] as const) {
    it(`can be forged: ${forgery}`, async () => {
      sim.webhooks = 'held';
      sim.pay(await opened());

      expect(await sim.forge(theOnly('checkout.session.completed').id, forgery)).to.equal(200);
      expect(() => read(shop.received[0]!)).to.throw();
    });
  }

  it('can come from the live mode', async () => {
    sim.webhooks = 'held';
    sim.pay(await opened());
    await sim.forge(theOnly('checkout.session.completed').id, 'live-mode');

    expect(read(shop.received[0]!).livemode).to.equal(true);
  });

  it('keeps what was true when it happened', async () => {
    sim.webhooks = 'held';
    const id = await opened();
    sim.pay(id);
    sim.tamper(id, { amount_total: 1 });
    await sim.deliver(theOnly('checkout.session.completed').id);

    expect(read(shop.received[0]!).data.object).to.include({ amount_total: 900 });
    expect((await stripe.checkout.sessions.retrieve(id)).amount_total).to.equal(1);
  });
});
