import { QueryTypes } from 'sequelize';
import { sequelize } from '../database.js';
import { idsOf } from '../models/filter-branches.js';
import { PROVIDERS } from '../providers/provider.js';
import { shownOrders } from './list-orders.js';

/** More than these are no find: one more character narrows them down. */
const MOST = 50;
const SUGGESTED = 10;

/** Behind every text that begins so, in the order of either database. */
const BEYOND = 'zzzzzzzz';

interface Way {
  /** What a term of this kind looks like. */
  looks: RegExp;
  sql: string;
}

const starts = (column: string) => `${column} >= :term AND ${column} < :beyond`;
const OF_PURCHASE = (where: string) =>
  `SELECT o.id FROM purchases p JOIN orders o ON o.purchase = p.id WHERE ${where}`;

/** Each is looked up in an index. What identifies something may be typed in full or from its beginning. */
const WAYS: Way[] = [
  {
    looks: /^[0-9a-f]{8}[0-9a-f-]{0,28}(-\d\d)?$/i,
    sql: `SELECT id FROM orders WHERE ${starts('order_id')}`,
  },
  { looks: /^\d{8,22}$/, sql: `SELECT id FROM orders WHERE ${starts('esim_iccid')}` },
  {
    looks: /^\d{18,22}$/,
    sql: 'SELECT returned_by AS id FROM returned_esims WHERE iccid = :term AND sold_to IS NULL',
  },
  { looks: /^.{4,}$/, sql: `SELECT id FROM orders WHERE ${starts('provider_order_id')}` },
  {
    looks: /^.{4,}$/,
    sql: `SELECT "order" AS id FROM fulfilment_attempts WHERE provider IN (:providers) AND provider_order_id = :term`,
  },
  { looks: /^pi_.{3,}$/, sql: OF_PURCHASE(starts('p.payment_intent')) },
  { looks: /^cs_.{3,}$/, sql: OF_PURCHASE(starts('p.stripe_session_id')) },
  { looks: /^[a-z0-9]{15}$/, sql: OF_PURCHASE('p.id = :term') },
  { looks: /^re_.{3,}$/, sql: 'SELECT "order" AS id FROM refunds WHERE stripe_refund_id = :term' },
];

/**
 * Orders by what identifies them: the order's number, the ICCID, the wholesaler's order, the payment, its page, the
 * purchase or the refund. `more` when there are others besides.
 */
export async function findOrders(typed: string) {
  const term = normal(typed);
  const ways = WAYS.filter(({ looks }) => looks.test(term));
  if (ways.length === 0) return { orders: [], more: false };
  const ids = await idsOf(searchBy(ways), { term, beyond: term + BEYOND, providers: PROVIDERS });
  const found = [...new Set(ids)];
  return { orders: await shownOrders(found.slice(0, MOST)), more: found.length > MOST };
}

export const searchBy = (ways: Way[] = WAYS) =>
  ways
    .map(({ sql }, index) => `SELECT id FROM (${sql} LIMIT ${MOST + 1}) AS way_${index}`)
    .join(' UNION ALL ');

/** Addresses with orders that begin as typed. */
export async function addressesLike(typed: string): Promise<string[]> {
  const term = typed.toLowerCase();
  if (!/^[\w.+-]{3,}(@[\w.-]*)?$/.test(term)) return [];
  const rows = await sequelize.query<{ email: string }>(
    `SELECT DISTINCT customer_email AS email FROM orders WHERE ${starts('customer_email')}
     ORDER BY customer_email LIMIT ${SUGGESTED}`,
    { type: QueryTypes.SELECT, replacements: { term, beyond: term + BEYOND } },
  );
  return rows.map(({ email }) => email);
}

/** An order's number is written in small letters; an attempt's reference is that number and the attempt's. */
function normal(typed: string) {
  const [, order] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-\d\d)?$/i.exec(typed) ?? [];
  if (order) return order.toLowerCase();
  return /^[0-9a-f]{8}[0-9a-f-]*$/i.test(typed) ? typed.toLowerCase() : typed;
}
