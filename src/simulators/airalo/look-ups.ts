import { Router, type Request } from 'express';
import { Answer } from '../wholesaler/answer.js';
import type { BookedOrder, Books } from '../wholesaler/books.js';
import { planFor } from '../wholesaler/plan.js';
import { textOf } from '../wholesaler/query.js';
import type { RateLimit } from '../wholesaler/rate-limit.js';
import type { Wholesaler } from '../wholesaler/wholesaler.js';
import { COMPLETED, listedOrder, orderView, simView, simViews } from './order-view.js';
import { paged } from './paging.js';
import { missing, success } from './refusals.js';

/** How an earlier order is found again (Airalo Partner API docs: order list, get order, get eSIM, usage). */
export function lookUps(airalo: Wholesaler, usageLimit: RateLimit) {
  const { books } = airalo;
  const routes = Router();

  routes.get('/orders', (req, res) => {
    const matching = books.newestFirst().filter(filterOf(req));
    airalo.mustSee(matching);
    const listed = matching
      .map((order) => ({ order, ready: books.lookUp(order) }))
      .filter(({ order, ready }) => ready || !order.unlistedUntilReady)
      .map(({ order, ready }) => ({ ...listedOrder(order), ...(wantsSims(req) && simsIf(ready, order)) }));
    const { items, links, meta } = paged(req, listed);
    res.json({ data: items, links, meta });
  });

  routes.get('/orders/:id', (req, res) => {
    const order = books.find(req.params.id);
    if (!order) throw new Answer(401, { data: [], meta: { message: 'This action is unauthorized.' } });
    airalo.mustSee([order]);
    const ready = books.lookUp(order);
    res.json(success({ ...orderView(order), ...(wantsSims(req) && simsIf(ready, order)) }));
  });

  routes.get('/sims/:iccid', (req, res) => {
    const { order, esim } = findSim(books, req.params.iccid);
    airalo.mustSee([order]);
    const sharing = { link: `https://esims.cloud/${order.id}`, access_code: '1234' };
    const simable = { ...orderView(order), status: COMPLETED, sharing };
    const extra = { brand_settings_name: null, voucher_code: null, recycled: false, recycled_at: null };
    res.json(success({ ...simView(order, esim), ...extra, simable }));
  });

  routes.get('/sims/:iccid/usage', (req, res) => {
    const { order } = findSim(books, req.params.iccid);
    usageLimit.count(req.params.iccid);
    res.json(success(usageOf(order)));
  });

  routes.get('/balance', (_req, res) => {
    const availableBalance = { amount: books.balanceMinor() / 100, currency: 'USD' };
    res.json(success({ balances: { name: 'balance', availableBalance } }));
  });

  return routes;
}

const wantsSims = (req: Request) => textOf(req, 'include').split(',').includes('sims');
const simsIf = (ready: unknown, order: BookedOrder) => ({ sims: ready ? simViews(order) : [] });

/** The description is searched for as a part, so `ORD-1` finds `ORD-10` too. */
function filterOf(req: Request) {
  const description = textOf(req, 'filter[description]').toLowerCase();
  const code = textOf(req, 'filter[code]');
  const iccid = textOf(req, 'filter[iccid]');
  return (order: BookedOrder) =>
    (!description || order.reference?.toLowerCase().includes(description)) &&
    (!code || orderView(order).code === code) &&
    (!iccid || order.esims.some((esim) => esim.iccid === iccid));
}

function findSim(books: Books, iccid: string) {
  const order = books.findByIccid(iccid);
  const esim = order?.esims.find((issued) => issued.iccid === iccid);
  if (!order || !esim || !books.isReady(order)) throw new Answer(404, missing);
  return { order, esim };
}

function usageOf({ sku }: BookedOrder) {
  const { gigabytes } = planFor(sku);
  const total = (gigabytes ?? 0) * 1024;
  const data = { remaining: total, total, expired_at: null, is_unlimited: gigabytes === null };
  const calls = { remaining_voice: 0, remaining_text: 0, total_voice: 0, total_text: 0 };
  return { ...data, status: 'NOT_ACTIVE', ...calls };
}
