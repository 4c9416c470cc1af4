import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { countriesByName } from '../../catalogue/countries.js';
import { addressesLike, findOrders } from '../../checkout/find-orders.js';
import { isStuck, listOrders, ordersOfAddress } from '../../checkout/list-orders.js';
import { wantsFragment } from '../../middleware/page-values.js';
import { PAYMENT, STATUS } from '../../models/order-moves.js';
import { PROVIDERS } from '../../providers/provider.js';
import { address } from './address.js';
import { cursor } from './logs.js';
import { OrderQuery, filterOf } from './order-query.js';

/** Every order, newest first, filtered or found. */
export const adminOrders = Router();

const Page = OrderQuery.extend({
  q: z
    .string()
    .trim()
    .max(300)
    .optional()
    .catch(undefined)
    .transform((text) => (text && !/[\p{Cc}\p{Cs}]/u.test(text) ? text : undefined)),
  after: cursor,
});

adminOrders.get('/', async (req, res) => {
  const { q, after, ...query } = Page.parse(req.query);
  const filter = filterOf(query);
  const found = await ordersFor(q, filter, after);
  const at = (more: Record<string, string | null>) => address('/admin/orders', { q, ...filter, ...more });
  const list = {
    ...found,
    q,
    filter,
    isStuck,
    first: after ? at({}) : null,
    next: found.next && at({ after: found.next }),
    narrowed: q !== undefined || Object.keys(filter).length > 0,
    addressOf: (email: string) => address('/admin/orders', { q: email }),
  };
  if (wantsFragment(req as Request, res)) return res.render('admin/orders/_list', list);
  showPage(res, list);
});

const showPage = (res: Response, list: object) =>
  res.render('admin/orders/index', {
    ...list,
    title: 'Orders',
    statuses: Object.keys(STATUS),
    payments: Object.keys(PAYMENT),
    providers: PROVIDERS,
    countries: countriesByName('en'),
    noindex: true,
  });

/** What identifies an order finds it whatever else is chosen; an address has many, which can be filtered. */
async function ordersFor(q: string | undefined, filter: ReturnType<typeof filterOf>, after?: string) {
  const nothingElse = { more: false, alike: [] as string[] };
  if (!q) return { ...(await listOrders(filter, after)), ...nothingElse };
  const list = q.includes('@')
    ? { ...(await ordersOfAddress(q, filter, after)), more: false }
    : { ...(await findOrders(q)), next: null };
  return { ...list, alike: list.orders.length === 0 ? await addressesLike(q) : [] };
}
