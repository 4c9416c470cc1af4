import { QueryTypes } from 'sequelize';
import { sequelize } from '../../../../src/database.js';
import { world } from '../../../support/environment.js';
import type { Order } from '../model/purchase.js';
import { PEOPLE, PLANS, type ModelShop } from '../model/shop.js';
import type { RealShop } from './shop.js';

/** Everything that the model speaks of, in one question; `kind` says which columns mean what. */
const STATE = `
  SELECT 'plan' AS kind, id AS a, CAST(stock AS TEXT) AS b,
    CASE WHEN is_active THEN 'on' WHEN deactivated_by_stock THEN 'sold out' ELSE 'off' END AS c,
    CAST(price_minor AS TEXT) AS d, CAST(rating_count AS TEXT) AS e, CAST(rating_average AS TEXT) AS f
  FROM esim_products
  UNION ALL SELECT 'coupon', code, CAST(usage_count AS TEXT), NULL, NULL, NULL, NULL FROM coupons
  UNION ALL SELECT 'line', "user", product, CAST(quantity AS TEXT), NULL, NULL, NULL FROM cart_items
  UNION ALL SELECT 'purchase', id, state, CAST(total_minor AS TEXT), NULL, NULL, NULL FROM purchases
  UNION ALL SELECT 'order', id, product, CAST(amount_minor AS TEXT), status, payment_status, stock_state FROM orders
  UNION ALL SELECT 'use', r.purchase, c.code, CAST(r.slot AS TEXT), r.state, NULL, NULL
    FROM coupon_redemptions r JOIN coupons c ON c.id = r.coupon
  UNION ALL SELECT 'review', "user", product, CAST(rating AS TEXT),
    CASE WHEN is_approved THEN 'approved' ELSE 'waits' END, CAST(helpful_count AS TEXT), NULL FROM reviews`;

interface Row {
  kind: 'plan' | 'coupon' | 'line' | 'purchase' | 'order' | 'use' | 'review';
  a: string;
  b: string;
  c: string;
  d: string;
  e: string;
  f: string | null;
}

export const readState = () => sequelize.query<Row>(STATE, { type: QueryTypes.SELECT });

/** The state of the shop, a line each, in the words in which `model/words.ts` tells that of the model. */
export function wordsOf(shop: RealShop, rows: Row[]): string[] {
  const plan = (id: string) => PLANS.find((name) => shop.planIds.get(name) === id);
  const person = (id: string | null) =>
    PEOPLE.find((name) => name !== 'alice' && shop.userIds[name] === id) ?? 'alice';
  const number = (purchase: string) => shop.placed.findIndex(({ id }) => id === purchase);
  const place = (order: string) => {
    const i = shop.placed.findIndex(({ orders }) => orders.includes(order));
    return `${i}.${shop.placed[i]?.orders.indexOf(order)}`;
  };
  const tell: Record<Row['kind'], (row: Row) => string> = {
    plan: ({ a, b, c, d, e, f }) =>
      `${plan(a)}: ${b} ${c} at ${d}, ${e} stars ${f === null ? '-' : Number(f).toFixed(2)}`,
    coupon: ({ a, b }) => `${a}: ${b} uses`,
    line: ({ a, b, c }) => `${person(a)}'s cart: ${c} ${plan(b)}`,
    purchase: ({ a, b, c }) => `#${number(a)} ${b}: ${c}`,
    order: ({ a, b, c, d, e, f }) => `#${place(a)} ${plan(b)} ${c}: ${d} ${e} ${f}`,
    use: ({ a, b, c, d }) => `#${number(a)} ${b}: slot ${c} ${d}`,
    review: ({ a, b, c, d, e }) => `${person(a)} on ${plan(b)}: ${c} ${d}, helped ${e}`,
  };
  return [...rows.map((row) => tell[row.kind](row)), till()].toSorted();
}

function till() {
  const { charges, refunds } = world.stripe.ledger();
  const sum = (amounts: { amount: number }[]) => amounts.reduce((total, { amount }) => total + amount, 0);
  return `charged ${sum(charges)}, returned ${sum(refunds.filter(({ status }) => status === 'succeeded'))}`;
}

/** How far each order of the model is in the real shop. */
export async function lookAt(model: ModelShop, shop: RealShop) {
  const rows = new Map((await readState()).map((row) => [row.a, row]));
  return (order: Order) => {
    const { d, f } = rows.get(shop.orderId(model, order))!;
    return { status: d, unit: f } as Pick<Order, 'status' | 'unit'>;
  };
}
