import { Router, urlencoded, type NextFunction, type Request, type Response } from 'express';
import { clock } from '../../lib/clock.js';
import { mistakeIn } from './cards.js';
import { closedPage, instructionsPage, receiptPage, refusedPage } from './other-pages.js';
import { payPage } from './pay-page.js';
import { completeForFree, payByCard, payByPaypal, promiseTransfer } from './payments.js';
import { Refusal } from './refusal.js';
import { findSession, nameCustomer, shopUrl } from './sessions.js';
import type { Till } from './till.js';

type Form = Record<string, string | undefined>;

/** No script, and no `form-action`: it would also stop the way back to the shop. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/** The pages a customer sees. */
export function payRoutes(till: Till) {
  const router = Router();
  router.use(protect, urlencoded({ extended: false }));

  router.get('/c/pay/:id', (req, res) => {
    showPage(till, res, req.params.id);
  });

  const pay = (method: string, act: (id: string, form: Form) => unknown) =>
    router.post(`/c/pay/:id/${method}`, (req: Request<{ id: string }>, res) => {
      const form = (req.body ?? {}) as Form;
      const session = findSession(till, req.params.id);
      if (session.status !== 'open') return moveOn(till, res, session.id);
      if (form.email) nameCustomer(till, session, form.email);
      act(session.id, form);
      moveOn(till, res, session.id);
    });

  pay('paypal', (id) => payByPaypal(till, id));
  pay('transfer', (id) => promiseTransfer(till, id));
  pay('free', (id) => completeForFree(till, id));
  pay('card', (id, form) => payByCard(till, id, cardNumber(form)));

  router.get('/receipts/:id', (req, res) => {
    res.send(receiptPage(till.books.charge(req.params.id)));
  });

  router.use(answerWithPage(till));
  return router;
}

function protect(_req: Request, res: Response, next: NextFunction) {
  res.set({
    'Content-Security-Policy': POLICY,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  });
  next();
}

function showPage(till: Till, res: Response, id: string, problem?: string) {
  const session = findSession(till, id);
  if (session.status === 'open') res.send(payPage(session, till.books.basket(id).items, problem));
  else if (session.status === 'expired') res.status(410).send(closedPage(session, session.cancel_url));
  else if (session.payment_status === 'unpaid') res.send(instructionsPage(session, shopUrl(session)));
  else res.send(closedPage(session, shopUrl(session)));
}

function moveOn(till: Till, res: Response, id: string) {
  const session = findSession(till, id);
  if (session.status === 'open')
    return showPage(till, res.status(402), id, lastProblem(till, session.payment_intent));
  const isOver = session.status === 'complete' && session.payment_status !== 'unpaid';
  res.redirect(303, isOver ? shopUrl(session) : `/c/pay/${id}`);
}

const lastProblem = (till: Till, intentId: string | null) =>
  intentId ? till.books.intent(intentId).last_payment_error?.message : undefined;

function cardNumber({ number = '', expiry = '', cvc = '' }: Form) {
  const card = { number: number.replace(/[\s-]/g, ''), expiry: expiry.trim(), cvc: cvc.trim() };
  const mistake = mistakeIn(card, clock.date());
  if (mistake) throw new Refusal(402, { type: 'card_error', message: mistake });
  return card.number;
}

/** A slip in the form shows the form again; everything else is a plain page. */
const answerWithPage = (till: Till) => (error: unknown, req: Request, res: Response, next: NextFunction) => {
  if (!(error instanceof Refusal)) return next(error);
  const id = /^\/c\/pay\/(\w+)\//.exec(req.path)?.[1];
  if (id && error.error.type === 'card_error') return showPage(till, res.status(402), id, error.message);
  res.status(error.status).send(refusedPage(error.message));
};
