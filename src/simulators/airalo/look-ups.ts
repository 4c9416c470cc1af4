import { Router, type Request } from 'express';
import type { BookedOrder } from '../wholesaler/books.js';
import { planFor } from '../wholesaler/plan.js';
import type { RateLimit } from '../wholesaler/rate-limit.js';
import type { Wholesaler } from '../wholesaler/wholesaler.js';
import { listedOrder, orderView, simView, simViews } from './order-view.js';
import { paged } from './paging.js';
import { missing, refusals, success } from './refusals.js';

/** How an earlier order is found again (Airalo Partner API docs: order list, get order, get eSIM, usage). */
export function lookUps(airalo: Wholesaler, usageLimit: RateLimit) {
  const { books } = airalo;
  const routes = Router();

  routes.get('/orders', (req, res) => {
    const matching = books.newestFirst().filter(filterOf(req));
    if (airalo.isBlindFor(res, matching)) return;
    const listed = matching
      .map((order) => ({ order, ready: books.lookUp(order) }))
      .filter(({ order, ready }) => ready || !order.unlistedUntilReady)
      .map(({ order, ready }) =>
        includesSims(req)
          ? { ...listedOrder(order), sims: ready ? simViews(order) : [] }
          : listedOrder(order),
      );
    const { items, links, meta } = paged(req, listed);
    res.json({ data: items, links, meta });
  });

  routes.get('/orders/:id', (req, res) => {
    const order = books.find(req.params.id);
    if (!order) {
      return void res.status(401).json({ data: [], meta: { message: 'This action is unauthorized.' } });
    }
    if (airalo.isBlindFor(res, [order])) return;
    const sims = books.lookUp(order) ? simViews(order) : [];
    res.json(success(includesSims(req) ? { ...orderView(order), sims } : orderView(order)));
  });

  routes.get('/sims/:iccid', (req, res) => {
    const found = findSim(books.newestFirst(), req.params.iccid);
    if (!found) return void res.status(404).json(missing);
    if (airalo.isBlindFor(res, [found.order])) return;
    const { order, esim } = found;
    const sharing = { link: `https://esims.cloud/${order.id}`, access_code: '1234' };
    const simable = { ...orderView(order), status: { name: 'Completed', slug: 'completed' }, sharing };
    const extra = { brand_settings_name: null, voucher_code: null, recycled: false, recycled_at: null };
    res.json(success({ ...simView(order, esim), ...extra, simable }));
  });

  routes.get('/sims/:iccid/usage', (req, res) => {
    const found = findSim(books.newestFirst(), req.params.iccid);
    if (!found) return void res.status(404).json(missing);
    const wait = usageLimit.secondsToWait(req.params.iccid);
    if (wait)
      return void res.status(429).set('Retry-After', String(wait)).json(refusals['rate-limited'].body);
    res.json(success(usageOf(found.order)));
  });

  routes.get('/balance', (_req, res) => {
    const availableBalance = { amount: books.balanceMinor() / 100, currency: 'USD' };
    res.json(success({ balances: { name: 'balance', availableBalance } }));
  });

  return routes;
}

const includesSims = (req: Request) =>
  String(req.query['include'] ?? '')
    .split(',')
    .includes('sims');

/** The description is searched for as a part, so `ORD-1` finds `ORD-10` too. */
function filterOf({ query }: Request) {
  const description = query['filter[description]'];
  const code = query['filter[code]'];
  const iccid = query['filter[iccid]'];
  return (order: BookedOrder) =>
    (!description || (order.reference ?? '').toLowerCase().includes(String(description).toLowerCase())) &&
    (!code || orderView(order).code === code) &&
    (!iccid || order.esims.some((esim) => esim.iccid === iccid));
}

function findSim(orders: BookedOrder[], iccid: string) {
  const order = orders.find(({ esims }) => esims.some((esim) => esim.iccid === iccid));
  const esim = order?.esims.find((issued) => issued.iccid === iccid);
  return order && esim && { order, esim };
}

function usageOf({ sku }: BookedOrder) {
  const { gigabytes } = planFor(sku);
  const total = (gigabytes ?? 0) * 1024;
  const calls = { remaining_voice: 0, remaining_text: 0, total_voice: 0, total_text: 0 };
  return {
    remaining: total,
    total,
    expired_at: null,
    is_unlimited: gigabytes === null,
    status: 'NOT_ACTIVE',
    ...calls,
  };
}
