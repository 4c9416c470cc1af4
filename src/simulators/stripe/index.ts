import express from 'express';
import { listen } from '../listener.js';
import { api } from './api.js';
import { controlRoutes } from './control-routes.js';
import { payRoutes } from './pay-routes.js';
import { StripeSimulator } from './simulator.js';
import { Till } from './till.js';

export { StripeSimulator } from './simulator.js';

interface Options {
  port?: number;
  /** With a directory the books survive a restart. */
  journalDir?: string;
  /** Without one, every `sk_test_…` is welcome. */
  secretKey?: string;
  webhookUrl?: string;
  webhookSecret?: string;
}

export async function startStripe(options: Options = {}): Promise<StripeSimulator> {
  const till = new Till(options.journalDir, options.secretKey);
  till.webhooks.url = options.webhookUrl;
  till.webhooks.secret = options.webhookSecret ?? till.webhooks.secret;

  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'extended');
  const listener = await listen(app, options.port);
  till.url = listener.url;
  const simulator = new StripeSimulator(till, listener);

  app.use('/v1', api(till));
  app.use('/control', controlRoutes(simulator));
  app.use(payRoutes(till));
  return simulator;
}
