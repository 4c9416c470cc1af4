import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { BookedOrder } from '../wholesaler/books.js';
import { isUnknown } from '../wholesaler/plan.js';
import { PURCHASE_FAULTS, buy, draftOrder } from '../wholesaler/purchase.js';
import type { Wholesaler } from '../wholesaler/wholesaler.js';
import { invalid, refusal, success } from './refusals.js';
import { bundleId, bundleView, dateTime, simView } from './views.js';

const HOST = 'smdp.esimcard.com';

const Purchase = z.object({
  package_type_id: z.string().min(1),
  iccid: z.string().nullish(),
  imei: z.string().nullish(),
  sim_applied: z.boolean().optional(),
});

/** `POST /package/purchase` and `/async`. Neither takes a reference of ours. */
export function purchases(esimCard: Wholesaler) {
  const { books } = esimCard;

  async function sell(req: Request, res: Response, answer: (order: BookedOrder) => unknown) {
    const { data: form } = Purchase.safeParse(req.body ?? {});
    if (!form || isUnknown(form.package_type_id)) {
      throw invalid('package_type_id', 'The selected package type id is invalid.');
    }
    if (form.iccid) throw refusal('Top-up is not available for this eSIM');

    const sku = form.package_type_id;
    const fault = await esimCard.faultFor(sku, PURCHASE_FAULTS);
    esimCard.turnAway(fault);
    const draft = draftOrder(books, { sku, reference: null, quantity: 1, unlistedUntilReady: true });
    esimCard.mustAfford(draft);
    const bought = buy(books, draft, HOST, fault);
    esimCard.answerBought(res, fault, () => res.json(success(answer(bought))));
  }

  const routes = Router();
  routes.post('/package/purchase', (req, res) =>
    sell(req, res, (order) => (books.isReady(order) ? instantAnswer(order) : DELAYED_ANSWER)),
  );
  routes.post('/package/purchase/async', (req, res) => sell(req, res, asyncAnswer));
  return routes;
}

function instantAnswer(order: BookedOrder) {
  const { package: name, ...bundle } = bundleView(order);
  const sims = order.esims.map((esim) => ({
    sim: simView(order, esim),
    package: { ...bundle, package_type_id: order.sku, sim_id: esim.simId, package: name },
  }));
  return { id: bundleId(order), sim_applied: true, date_created: dateTime(order.placedAt), ...sims[0] };
}

/** Charged, and no id to ask for. */
const DELAYED_ANSWER = {
  sim_applied: false,
  message:
    'Your esim has been purchased but cannot be downloaded now. Please wait 2 minutes and then check MY ESIMS api.',
};

const asyncAnswer = (order: BookedOrder) => ({
  sim_applied: false,
  sim_id: order.esims[0]?.simId,
  order_id: order.number,
});
