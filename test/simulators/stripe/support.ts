import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import StripeSdk, { type Stripe } from 'stripe';
import { clock } from '../../../src/lib/clock.js';
import type { StripeSimulator } from '../../../src/simulators/stripe/index.js';

export const clientOf = ({ host, port }: StripeSimulator, key = 'sk_test_shop') =>
  new StripeSdk(key, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false, timeout: 5000 });

type Params = Stripe.Checkout.SessionCreateParams;

export const aSession = (overrides: Partial<Params> = {}): Params => ({
  mode: 'payment',
  line_items: [anItem()],
  customer_email: 'ana@example.com',
  success_url: 'http://shop.test/thanks?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://shop.test/cart',
  ...overrides,
});

export const anItem = (unit_amount = 450, currency = 'eur', name = 'Japan 5 GB') => ({
  quantity: 2,
  price_data: { currency, unit_amount, product_data: { name } },
});

export const inMinutes = (minutes: number) => Math.floor(clock.now() / 1000) + minutes * 60;

/** Resolves to what was thrown, so that a test can look at it. */
export async function failure(promise: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await promise;
  } catch (error) {
    return error as Stripe.errors.StripeError;
  }
  throw new Error('Expected a failure');
}

export interface Received {
  body: string;
  signature: string;
}

/** A shop that writes every webhook down and answers as told; 200 when nothing is left to say. */
export async function aShop(answers: number[] = []) {
  const received: Received[] = [];
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => (body += String(chunk)));
    req.on('end', () => {
      received.push({ body, signature: String(req.headers['stripe-signature']) });
      res.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}/webhooks/stripe`, close: () => server.close() };
}

/** Fills in a form of a page as a browser would, without following the redirect. */
export const submit = (url: string, fields: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

export const CARD = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123' };
