import { randomBytes } from 'node:crypto';
import { Router, type Response } from 'express';
import { clock } from '../../lib/clock.js';
import { Answer } from '../wholesaler/answer.js';
import type { BookedOrder } from '../wholesaler/books.js';
import { PURCHASE_FAULTS, buy, draftOrder } from '../wholesaler/purchase.js';
import type { Wholesaler } from '../wholesaler/wholesaler.js';
import { readOrderForm, type OrderForm } from './order-form.js';
import { orderView, simViews, timestamp } from './order-view.js';
import { invalid, success } from './refusals.js';
import type { Webhook } from './webhook.js';

const HOST = 'lpa.airalo.com';
const REQUEST_ID_LENGTH = 25;

/** `POST /orders` and `POST /orders-async` (Airalo Partner API docs: submit order, submit order async). */
export function purchases(airalo: Wholesaler, webhook: Webhook) {
  const { books } = airalo;

  const draft = ({ package_id: sku, quantity, description }: OrderForm) =>
    draftOrder(books, { sku, quantity, reference: description ?? null, unlistedUntilReady: false });

  async function sell(res: Response, order: BookedOrder, answer: (bought: BookedOrder) => void) {
    const fault = await airalo.faultFor(order.sku, PURCHASE_FAULTS);
    airalo.turnAway(fault);
    airalo.mustAfford(order);
    const bought = buy(books, order, HOST, fault);
    airalo.answerBought(res, fault, () => answer(bought));
  }

  const routes = Router();

  routes.post('/orders', (req, res) =>
    sell(res, draft(readOrderForm(req.body)), (order) => {
      res.json(success({ ...orderView(order), sims: books.isReady(order) ? simViews(order) : [] }));
    }),
  );

  routes.post('/orders-async', async (req, res) => {
    const form = readOrderForm(req.body);
    const url = webhook.addressFor(form.webhook_url);
    if (!url) throw new Answer(422, invalid({ webhook_url: 'The webhook url field is required.' }));

    const requestId = randomBytes(REQUEST_ID_LENGTH).toString('base64url').slice(0, REQUEST_ID_LENGTH);
    if (airalo.faults.take(['sold-out'], form.package_id)) {
      accept(res, requestId);
      webhook.announceFailure(url, requestId);
      return;
    }
    await sell(res, { ...draft(form), requestId, unlistedUntilReady: true }, (order) => {
      accept(res, requestId);
      webhook.announceWhenReady(url, order);
    });
  });

  return routes;
}

function accept(res: Response, requestId: string) {
  res.status(202).json(success({ request_id: requestId, accepted_at: timestamp(clock.now()) }));
}
