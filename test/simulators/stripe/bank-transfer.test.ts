import { expect } from 'chai';
import type Stripe from 'stripe';
import { startStripe, type StripeSimulator } from '../../../src/simulators/stripe/index.js';
import { aSession, clientOf, submit } from './support.js';

describe('A simulated bank transfer', () => {
  let sim: StripeSimulator;
  let stripe: Stripe;

  before(async () => {
    sim = await startStripe();
    stripe = clientOf(sim);
  });
  beforeEach(() => sim.reset());
  after(() => sim.close());

  async function promised() {
    const { id: customer } = await stripe.customers.create({ email: 'ana@example.com' });
    const { customer_email: _, ...params } = aSession({
      customer,
      allowed_payment_method_types: ['card', 'customer_balance'],
      payment_method_options: {
        customer_balance: {
          funding_type: 'bank_transfer',
          bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } },
        },
      },
    });
    const { id, url } = await stripe.checkout.sessions.create(params);
    return { id, answer: await submit(`${url}/transfer`) };
  }

  const read = (id: string) => stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });

  it('completes the session before the money is there', async () => {
    const { id, answer } = await promised();
    const instructions = await fetch(new URL(answer.headers.get('location')!, sim.url));

    expect(await read(id)).to.include({ status: 'complete', payment_status: 'unpaid' });
    expect(await instructions.text())
      .to.contain('Transfer €9.00')
      .and.contain(`/thanks?session=${id}`);
    expect(sim.events('checkout.session.completed')).to.have.length(1);
  });

  it('may arrive', async () => {
    const { id } = await promised();
    sim.transferArrives(id);

    const session = await read(id);
    expect(session.payment_status).to.equal('paid');
    expect(session.payment_intent).to.include({ status: 'succeeded', amount_received: 900 });
    expect(sim.events('checkout.session.async_payment_succeeded')).to.have.length(1);
    expect(() => sim.transferFails(id)).to.throw('No bank transfer is expected');
  });

  it('may fail', async () => {
    const { id } = await promised();
    sim.transferFails(id);

    const session = await read(id);
    expect(session.payment_status).to.equal('unpaid');
    expect(session.payment_intent).to.include({ status: 'requires_payment_method', latest_charge: null });
    expect(sim.events('checkout.session.async_payment_failed')).to.have.length(1);
  });
});
