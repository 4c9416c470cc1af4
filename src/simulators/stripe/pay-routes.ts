import { Router, urlencoded, type NextFunction, type Request, type Response } from 'express';
import { clock } from '../../lib/clock.js';
import { mistakeIn, type Card } from './cards.js';
import type { Session } from './objects.js';
import { closedPage, instructionsPage, missingPage, receiptPage } from './other-pages.js';
import { payPage } from './pay-page.js';
import { completeForFree, payByCard, payByPaypal, promiseTransfer } from './payments.js';
import { Refusal } from './refusal.js';
import { findSession, nameCustomer } from './sessions.js';
import type { Till } from './till.js';

type Form = Record<string, string | undefined>;

/** The pages a customer sees. No script, and no `form-action`: it would also stop the way back to the shop. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

export function payRoutes(till: Till) {
  const router = Router();
  router.use(protect, urlencoded({ extended: false }));

  router.get('/c/pay/:id', (req, res) => {
    showPage(till, res, findSession(till, req.params.id));
  });

  const pay = (method: string, act: (id: string, form: Form) => Session) =>
    router.post(`/c/pay/:id/${method}`, (req: Request<{ id: string }>, res) => {
      const form = (req.body ?? {}) as Form;
      const session = findSession(till, req.params.id);
      if (session.status !== 'open') return showPage(till, res, session);
      if (form.email) nameCustomer(till, session, form.email);
      act(session.id, form);
      moveOn(till, res, findSession(till, session.id));
    });

  pay('paypal', (id) => payByPaypal(till, id));
  pay('transfer', (id) => promiseTransfer(till, id));
  pay('free', (id) => completeForFree(till, id));
  pay('card', (id, form) => payByCard(till, id, checkedCard(form).number));

  router.get('/receipts/:id', (req, res) => {
    res.send(receiptPage(till.books.charge(req.params.id)));
  });

  router.use(answerWithPage(till));
  return router;
}

function protect(_req: Request, res: Response, next: NextFunction) {
  res.set({ 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
  next();
}
