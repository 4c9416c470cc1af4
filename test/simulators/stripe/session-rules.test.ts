import { expect } from 'chai';
import type Stripe from 'stripe';
import { startStripe, type StripeSimulator } from '../../../src/simulators/stripe/index.js';
import { aSession, anItem, clientOf, failure, inMinutes } from './support.js';

const manyKeys = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`key${n}`, 'x']));

describe('The simulated Checkout refuses', () => {
  let sim: StripeSimulator;
  let stripe: Stripe;

  before(async () => {
    sim = await startStripe({ secretKey: 'sk_test_shop' });
    stripe = clientOf(sim);
  });
  after(() => sim.close());

  const refusal = (overrides: object) => failure(stripe.checkout.sessions.create(aSession(overrides)));

  const cases: [string, object, object][] = [
    ['another mode', { mode: 'subscription' }, { param: 'mode' }],
    ['an empty basket', { line_items: [] }, { param: 'line_items' }],
    [
      'a fraction of a cent',
      { line_items: [anItem(4.5)] },
      { param: 'line_items[0][price_data][unit_amount]' },
    ],
    ['a negative price', { line_items: [anItem(-5)] }, { param: 'line_items[0][price_data][unit_amount]' }],
    ['less than the minimum', { line_items: [anItem(20)] }, { code: 'amount_too_small' }],
    ['less than the minimum in yen', { line_items: [anItem(20, 'jpy')] }, { code: 'amount_too_small' }],
    [
      'an unknown currency',
      { line_items: [anItem(450, 'abc')] },
      { param: 'line_items[0][price_data][currency]' },
    ],
    [
      'two currencies',
      { line_items: [anItem(450, 'eur'), anItem(450, 'usd')] },
      { param: 'line_items[1][price_data][currency]' },
    ],
    ['an end within half an hour', { expires_at: inMinutes(29) }, { param: 'expires_at' }],
    ['an end after a day', { expires_at: inMinutes(25 * 60) }, { param: 'expires_at' }],
    ['no way back', { success_url: undefined }, { param: 'success_url', code: 'parameter_missing' }],
    ['a way back that is a script', { cancel_url: 'javascript:alert(1)' }, { param: 'cancel_url' }],
    [
      'the old list of methods',
      { payment_method_types: ['card'] },
      { code: 'payment_method_types_no_longer_supported' },
    ],
    ['a field it does not know', { banana: '1' }, { code: 'parameter_unknown', param: 'banana' }],
    ['a customer and an address', { customer: 'cus_1' }, { statusCode: 400 }],
    ['a bad address', { customer_email: 'nobody' }, { param: 'customer_email' }],
    ['51 metadata keys', { metadata: manyKeys(51) }, { param: 'metadata' }],
    ['methods that are switched off', { allowed_payment_method_types: ['sofort'] }, { statusCode: 400 }],
    [
      'a bank transfer without a customer',
      { allowed_payment_method_types: ['card', 'customer_balance'] },
      { param: 'customer' },
    ],
  ];
  for (const [what, overrides, expected] of cases) {
    it(what, async () => {
      expect(await refusal(overrides)).to.include({ type: 'StripeInvalidRequestError', ...expected });
    });
  }

  it('a bank transfer without its funding options', async () => {
    const { id } = await stripe.customers.create({ email: 'ana@example.com' });
    const overrides = {
      customer: id,
      customer_email: undefined,
      allowed_payment_method_types: ['customer_balance'],
    };
    expect((await refusal(overrides)).param).to.contain('payment_method_options');
  });

  it('a strange key and no key', async () => {
    const stranger = clientOf(sim, 'sk_test_stranger');
    expect(await failure(stranger.balance.retrieve())).to.include({ type: 'StripeAuthenticationError' });
    expect((await fetch(`${sim.url}/v1/balance`)).status).to.equal(401);
  });

  it('an address it does not have', async () => {
    expect(await failure(stripe.rawRequest('POST', '/v1/bananas', {}))).to.include({ statusCode: 404 });
  });

  it('nothing when all is well', async () => {
    const { payment_method_types } = await stripe.checkout.sessions.create(
      aSession({
        allowed_payment_method_types: ['card'],
        expires_at: inMinutes(31),
        line_items: [anItem(0)],
      }),
    );
    expect(payment_method_types).to.deep.equal(['card']);
  });
});
