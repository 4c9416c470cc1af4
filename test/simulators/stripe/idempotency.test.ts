import { expect } from 'chai';
import type Stripe from 'stripe';
import { clock, HOUR } from '../../../src/lib/clock.js';
import { startStripe, type StripeSimulator } from '../../../src/simulators/stripe/index.js';
import { aSession, anItem, clientOf, failure } from './support.js';

describe('An idempotency key', () => {
  let sim: StripeSimulator;
  let stripe: Stripe;

  before(async () => {
    sim = await startStripe();
    stripe = clientOf(sim);
  });
  beforeEach(() => sim.reset());
  afterEach(() => clock.reset());
  after(() => sim.close());

  const create = (idempotencyKey: string, overrides = {}) =>
    stripe.checkout.sessions.create(aSession(overrides), { idempotencyKey });

  it('gives the same answer to the same request', async () => {
    const first = await create('cs:1:1');
    const second = await create('cs:1:1');

    expect(second.id).to.equal(first.id);
    expect(sim.ledger().sessions).to.have.length(1);
  });

  it('is refused for another request', async () => {
    await create('cs:1:1');
    const error = await failure(create('cs:1:1', { line_items: [anItem(999)] }));

    expect(error).to.include({ type: 'StripeIdempotencyError', statusCode: 400 });
  });

  it('refunds once however often it is used', async () => {
    const session = await create('cs:1:1');
    const payment_intent = sim.pay(session.id).payment_intent!;
    const refund = () => stripe.refunds.create({ payment_intent }, { idempotencyKey: 'refund:1' });

    expect((await refund()).id).to.equal((await refund()).id);
    expect(sim.ledger().refunds).to.have.length(1);
  });

  it('replays a stored server error', async () => {
    sim.fault('create-500');
    expect(await failure(create('cs:1:1'))).to.include({ statusCode: 500 });
    expect(await failure(create('cs:1:1'))).to.include({ statusCode: 500 });
    expect((await create('cs:1:2')).status).to.equal('open');
  });

  it('is free again after a mistake in the form', async () => {
    await failure(create('cs:1:1', { line_items: [anItem(1)] }));
    expect((await create('cs:1:1')).status).to.equal('open');
  });

  it('cannot be used twice at the same moment', async () => {
    sim.latencyMs = 50;
    const [first, second] = await Promise.allSettled([create('cs:1:1'), create('cs:1:1')]);

    expect([first.status, second.status]).to.have.members(['fulfilled', 'rejected']);
    const error = [first, second].find((result) => result.status === 'rejected')?.reason as {
      statusCode: number;
    };
    expect(error.statusCode).to.equal(409);
    expect(sim.ledger().sessions).to.have.length(1);
  });

  it('is forgotten after a day', async () => {
    const { id } = await create('cs:1:1');
    clock.advance(25 * HOUR);
    sim.tick();

    expect((await create('cs:1:1')).id).not.to.equal(id);
  });

  it('finds the session again when the connection was cut after the work was done', async () => {
    sim.fault('create-dropped');
    expect(await failure(create('cs:1:1'))).to.include({ type: 'StripeConnectionError' });

    const found = await create('cs:1:1');
    expect(sim.ledger().sessions.map(({ id }) => id)).to.deep.equal([found.id]);
  });

  it('finds the refund again when the connection was cut after the money was sent', async () => {
    const payment_intent = sim.pay((await create('cs:1:1')).id).payment_intent!;
    const refund = () => stripe.refunds.create({ payment_intent }, { idempotencyKey: 'refund:1' });
    sim.fault('refund-dropped');
    expect(await failure(refund())).to.include({ type: 'StripeConnectionError' });

    expect(await refund()).to.include({ status: 'succeeded', amount: 900 });
    expect(sim.ledger().refunds).to.have.length(1);
  });

  it('helps nothing while Stripe is down', async () => {
    sim.fault('down');
    expect(await failure(create('cs:1:1'))).to.include({ statusCode: 503 });
    expect(await failure(stripe.balance.retrieve())).to.include({ statusCode: 503 });

    sim.lift('down');
    expect((await create('cs:1:1')).status).to.equal('open');
  });
});
