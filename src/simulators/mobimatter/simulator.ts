import { Router, type RequestHandler } from 'express';
import { MINUTE, clock } from '../../lib/clock.js';
import type { Books } from '../wholesaler/books.js';
import { simulate } from '../wholesaler/simulator.js';
import { Wholesaler } from '../wholesaler/wholesaler.js';
import { lookUps } from './look-ups.js';
import { products } from './products.js';
import { COMPLETE_FAULTS, CREATE_FAULTS, purchases } from './purchases.js';
import { refusal, refusals } from './refusals.js';

export interface MobiMatterCredentials {
  apiKey: string;
  merchantId: string;
}

interface Options extends MobiMatterCredentials {
  journalFile?: string | undefined;
}

/** Between 20 minutes and 48 hours with the real one, as the operator likes. */
const HOLD_LASTS = 20 * MINUTE;

/** The MobiMatter reseller API below `/mobimatter/api/v2`. */
export function createMobiMatterSimulator({ apiKey, merchantId, journalFile }: Options) {
  const faults = [...CREATE_FAULTS, ...COMPLETE_FAULTS, 'look-up-down'] as const;
  const mobiMatter = new Wholesaler('MobiMatter', faults, refusals, journalFile);

  const checkKeys: RequestHandler = (req, _res, next) => {
    const known = req.get('api-key') === apiKey && req.get('merchantId') === merchantId;
    if (!known) throw mobiMatter.refusal('unauthorized');
    next();
  };

  const api = Router();
  api.use(checkKeys);
  api.use((_req, _res, next) => {
    expireHolds(mobiMatter.books);
    next();
  });
  api.use(products(mobiMatter, merchantId));
  api.use(purchases(mobiMatter, merchantId));
  api.use(lookUps(mobiMatter, merchantId));

  return simulate({
    wholesaler: mobiMatter,
    prefix: '/mobimatter/api/v2',
    api,
    notFound: refusal(404, 'Resource not found'),
  });
}

function expireHolds(books: Books) {
  for (const order of books.orders()) {
    const expired = order.state === 'held' && clock.now() - order.placedAt > HOLD_LASTS;
    if (expired) books.save({ ...order, state: 'expired' });
  }
}
