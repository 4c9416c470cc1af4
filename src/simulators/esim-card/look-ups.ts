import { Router } from 'express';
import { Answer } from '../wholesaler/answer.js';
import type { BookedOrder } from '../wholesaler/books.js';
import type { IssuedEsim } from '../wholesaler/esim.js';
import { planFor } from '../wholesaler/plan.js';
import type { Wholesaler } from '../wholesaler/wholesaler.js';
import { page } from './paging.js';
import { refusal, success } from './refusals.js';
import { awaitedSimView, bundleId, bundleView, dateTime, simView } from './views.js';

/** What the reseller owns: eSIMs and bundles, newest first, orders by number, and the wallet. */
export function lookUps(esimCard: Wholesaler) {
  const { books } = esimCard;
  const routes = Router();

  routes.get('/my-esims', (req, res) => {
    const orders = books.newestFirst();
    esimCard.mustSee(orders);
    const there = orders.filter((order) => books.lookUp(order));
    res.json(page(req, there.flatMap(simsOf)));
  });

  routes.get('/my-esims/:uuid', (req, res) => {
    const found = books
      .orders()
      .flatMap(withEsims)
      .find(({ esim }) => esim.simId === req.params.uuid);
    if (!found) throw new Answer(404, { status: false, message: 'eSIM not found' });
    const { order, esim } = found;
    esimCard.mustSee([order]);
    const view = books.lookUp(order) ? simView : awaitedSimView;
    res.json(success({ sim: view(order, esim), ...packagesOf(order) }));
  });

  routes.get('/my-bundles', (req, res) => {
    const there = books.newestFirst().filter((order) => books.isReady(order));
    res.json(page(req, there.map(bundleView)));
  });

  routes.get('/order/:number', (req, res) => {
    const order = books.find(req.params.number);
    if (!order) throw refusal('Order not found');
    esimCard.mustSee([order]);
    const status = books.isReady(order) ? 'Completed' : 'Processing';
    const { title } = planFor(order.sku);
    const date = dateTime(order.placedAt);
    res.json(success([{ id: bundleId(order), package: title, date_created: date, status }]));
  });

  routes.get('/balance', (_req, res) => {
    res.json({ status: true, balance: books.balanceMinor() / 100 });
  });

  return routes;
}

const withEsims = (order: BookedOrder): { order: BookedOrder; esim: IssuedEsim }[] =>
  order.esims.map((esim) => ({ order, esim }));

const simsOf = (order: BookedOrder) => order.esims.map((esim) => simView(order, esim));

const packagesOf = (order: BookedOrder) => ({
  in_use_packages: [],
  assigned_packages: [bundleView(order)],
  completed_packages: [],
  revoked_packages: [],
});
