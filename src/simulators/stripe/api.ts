import { Router, urlencoded, type Request, type Response } from 'express';
import { answerRefusal, label, refuseWhileDown, requireKey, unknownUrl } from './access.js';
import { balance } from './balance.js';
import { createCustomer } from './customers.js';
import { expanded, lineItems } from './expand.js';
import { listEvents, listRefunds, listSessions } from './listings.js';
import { posts } from './post.js';
import { createRefund } from './refunds.js';
import { expireSession, findSession, openSession } from './sessions.js';
import type { Till } from './till.js';

/** What answers under /v1. */
export function api(till: Till) {
  const { books } = till;
  const router = Router();
  const post = posts(till);
  const get = (path: string, find: (id: string, query: Request['query']) => object) =>
    router.get(path, (req: Request, res: Response) => {
      res.json(expanded(books, find(String(req.params.id), req.query), req.query.expand));
    });

  router.use(label, requireKey(till), refuseWhileDown(till), urlencoded({ extended: true }));

  router.post(
    '/customers',
    post((form) => createCustomer(books, form)),
  );
  get('/customers/:id', (id) => books.customer(id));

  router.post(
    '/checkout/sessions',
    post((form) => openSession(till, form), 'create'),
  );
  get('/checkout/sessions', (_id, query) => listSessions(till, query));
  get('/checkout/sessions/:id', (id) => findSession(till, id));
  get('/checkout/sessions/:id/line_items', (id) => lineItems(books, id));
  router.post(
    '/checkout/sessions/:id/expire',
    post((_form, id) => expireSession(till, id)),
  );

  get('/payment_intents/:id', (id) => books.intent(id));
  get('/charges/:id', (id) => books.charge(id));
  get('/disputes/:id', (id) => books.dispute(id));

  router.post(
    '/refunds',
    post((form) => createRefund(till, form), 'refund'),
  );
  get('/refunds', (_id, query) => listRefunds(books, query));
  get('/refunds/:id', (id) => books.refund(id));

  get('/events', (_id, query) => listEvents(books, query));
  get('/events/:id', (id) => books.event(id).event);
  get('/balance', () => balance(books));

  router.use(unknownUrl, answerRefusal);
  return router;
}
