import Stripe from 'stripe';
import { SECOND } from '../lib/clock.js';
import { settings } from '../settings.js';

const { hostname, port, protocol } = new URL(settings.stripe.apiBase);

/** The official client, with the API version that it pins. Its own retries repeat our idempotency key. */
export const stripe = new Stripe(settings.stripe.secretKey, {
  host: hostname,
  port: port || (protocol === 'https:' ? 443 : 80),
  protocol: protocol === 'https:' ? 'https' : 'http',
  maxNetworkRetries: 2,
  timeout: 20 * SECOND,
  telemetry: false,
});
