import { Router } from 'express';
import { MINUTE } from '../../lib/clock.js';
import { Answer } from '../wholesaler/answer.js';
import { PURCHASE_FAULTS } from '../wholesaler/purchase.js';
import { RateLimit } from '../wholesaler/rate-limit.js';
import { simulate } from '../wholesaler/simulator.js';
import { Wholesaler } from '../wholesaler/wholesaler.js';
import { lookUps } from './look-ups.js';
import { packages } from './packages.js';
import { purchases } from './purchases.js';
import { missing, refusals } from './refusals.js';
import { TokenDesk, type AiraloCredentials } from './token-desk.js';
import { Webhook } from './webhook.js';

interface Options extends AiraloCredentials {
  journalFile?: string | undefined;
  /** Airalo's own limit is 3, and kept unless a test starts many shops in one minute. */
  tokensPerMinute?: number | undefined;
  /** As if the partner had opted in to `async_orders` with this address. */
  optedInUrl?: string | undefined;
}

/** The Airalo Partner API, version 2, below `/v2`. */
export function createAiraloSimulator({
  clientId,
  clientSecret,
  journalFile,
  tokensPerMinute = 3,
  optedInUrl,
}: Options) {
  const airalo = new Wholesaler('Airalo', [...PURCHASE_FAULTS, 'look-up-down'], refusals, journalFile);
  const tokenDesk = new TokenDesk({ clientId, clientSecret }, tokensPerMinute);
  const catalogueLimit = new RateLimit(80, MINUTE);
  const usageLimit = new RateLimit(10, MINUTE);
  const webhook = new Webhook(airalo.books, { secret: clientSecret, optedInUrl });

  const api = Router();
  api.use(tokenDesk.routes());
  api.use(tokenDesk.check);
  api.use(packages(airalo, catalogueLimit));
  api.use(purchases(airalo, webhook));
  api.use(lookUps(airalo, usageLimit));

  return simulate({
    wholesaler: airalo,
    prefix: '/v2',
    api,
    notFound: new Answer(404, missing),
    clearLimits: () => {
      tokenDesk.clearLimit();
      catalogueLimit.clear();
      usageLimit.clear();
    },
  });
}
