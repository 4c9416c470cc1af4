import { Router } from 'express';
import { Answer } from '../wholesaler/answer.js';
import { PURCHASE_FAULTS } from '../wholesaler/purchase.js';
import { simulate } from '../wholesaler/simulator.js';
import { Wholesaler } from '../wholesaler/wholesaler.js';
import { lookUps } from './look-ups.js';
import { packages } from './packages.js';
import { purchases } from './purchases.js';
import { refusals } from './refusals.js';
import { Sessions, type EsimCardCredentials } from './sessions.js';

interface Options extends EsimCardCredentials {
  journalFile?: string | undefined;
}

/** The eSIM Card reseller API below `/api/developer/reseller`. */
export function createEsimCardSimulator({ journalFile, ...credentials }: Options) {
  const esimCard = new Wholesaler('eSIM Card', [...PURCHASE_FAULTS, 'look-up-down'], refusals, journalFile);
  const sessions = new Sessions(credentials);

  const api = Router();
  api.use(sessions.routes());
  api.use(sessions.check);
  api.use(packages(esimCard));
  api.use(purchases(esimCard));
  api.use(lookUps(esimCard));

  return simulate({
    wholesaler: esimCard,
    prefix: '/api/developer/reseller',
    api,
    notFound: new Answer(404, { message: 'The route could not be found.' }),
  });
}
