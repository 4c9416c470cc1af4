import { load } from 'cheerio';
import { expect } from 'chai';
import type Stripe from 'stripe';
import { startStripe, type StripeSimulator } from '../../../src/simulators/stripe/index.js';
import { aSession, anItem, CARD, clientOf, submit } from './support.js';

const visit = async (url: string) => load(await (await fetch(url)).text());

describe('The simulated payment page', () => {
  let sim: StripeSimulator;
  let stripe: Stripe;

  before(async () => {
    sim = await startStripe();
    stripe = clientOf(sim);
  });
  beforeEach(() => sim.reset());
  after(() => sim.close());

  const opened = (overrides: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    stripe.checkout.sessions.create(aSession(overrides));

  it('shows the basket, the total, and says that it is a simulator', async () => {
    const { url } = await opened();
    const $ = await visit(url!);

    expect($('body').text()).to.contain('Payment simulator').and.contain('Japan 5 GB');
    expect($('#total').text()).to.equal('€9.00');
    expect($('input[name=number]').val()).to.equal('4242424242424242');
    expect($('a').attr('href')).to.equal('http://shop.test/cart');
    expect($('script')).to.have.length(0);
  });

  it('writes amounts without decimals where the currency has none', async () => {
    const yen = await opened({ line_items: [anItem(2450, 'jpy')] });
    const won = await opened({ line_items: [anItem(12900, 'krw')] });

    expect((await visit(yen.url!))('#total').text()).to.equal('¥4,900');
    expect((await visit(won.url!))('#total').text()).to.equal('₩25,800');
  });

  it('escapes what the shop sends', async () => {
    const { url } = await opened({ line_items: [anItem(450, 'eur', '<script>alert(1)</script>')] });
    const $ = await visit(url!);

    expect($('script')).to.have.length(0);
    expect($('td').first().text()).to.contain('<script>');
  });

  it('sends the customer back to the shop after paying', async () => {
    const { id, url } = await opened();
    const answer = await submit(`${url}/card`, CARD);

    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal(`http://shop.test/thanks?session=${id}`);
    expect((await submit(`${url}/card`, CARD)).headers.get('location')).to.contain('/thanks');
    expect(sim.ledger().charges).to.have.length(1);
  });

  it('shows the form again after a declined card, and the next card may work', async () => {
    const { id, url } = await opened();
    const answer = await submit(`${url}/card`, { ...CARD, number: '4000000000009995' });

    expect(answer.status).to.equal(402);
    expect(await answer.text()).to.contain('insufficient funds');
    expect(sim.events('payment_intent.payment_failed')).to.have.length(1);
    expect((await stripe.checkout.sessions.retrieve(id)).status).to.equal('open');

    await submit(`${url}/card`, CARD);
    expect(sim.ledger().paymentIntents.map(({ status }) => status)).to.deep.equal(['succeeded']);
  });

  it('finds slips before the bank does', async () => {
    const { url } = await opened();
    const say = async (slip: object) => (await submit(`${url}/card`, { ...CARD, ...slip })).text();

    expect(await say({ number: '4242' })).to.contain('number is incomplete');
    expect(await say({ expiry: '01 / 20' })).to.contain('in the past');
    expect(await say({ cvc: '' })).to.contain('security code');
    expect(await say({ number: '4111111111111111' })).to.contain('Only the test cards');
    expect(sim.ledger().charges).to.deep.equal([]);
  });

  it('asks for an e-mail address that the shop did not give', async () => {
    const { customer_email: _, ...params } = aSession();
    const { id, url } = await stripe.checkout.sessions.create(params);
    expect((await visit(url!))('input[name=email]')).to.have.length.above(0);

    await submit(`${url}/paypal`, { email: 'ana@example.com' });
    const session = await stripe.checkout.sessions.retrieve(id);
    expect(session.customer_details?.email).to.equal('ana@example.com');
    expect(session.payment_status).to.equal('paid');
  });

  it('offers only what the session allows', async () => {
    const { url } = await opened({ allowed_payment_method_types: ['card'] });

    expect((await visit(url!)).text()).not.to.contain('PayPal');
    expect((await submit(`${url}/paypal`)).status).to.equal(400);
  });

  it('completes an order for nothing without a payment', async () => {
    const { id, url } = await opened({ line_items: [anItem(0)] });
    expect((await submit(`${url}/free`)).status).to.equal(303);

    const session = await stripe.checkout.sessions.retrieve(id);
    expect(session).to.include({
      payment_status: 'no_payment_required',
      payment_intent: null,
      status: 'complete',
    });
  });

  it('is closed when the session is', async () => {
    const expired = await opened();
    const paid = await opened();
    await stripe.checkout.sessions.expire(expired.id);
    sim.pay(paid.id);

    expect((await fetch(expired.url!)).status).to.equal(410);
    expect((await visit(paid.url!)).text()).to.contain('already paid');
    expect((await fetch(`${sim.url}/c/pay/cs_test_nobody`)).status).to.equal(404);
  });
});
