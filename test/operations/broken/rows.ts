import { Words } from '../../../migrations/words.js';
import { onSqlite } from '../../../src/database.js';
import { HOUR, clock } from '../../../src/lib/clock.js';
import { newId } from '../../../src/lib/ids.js';
import type { Order } from '../../../src/models/index.js';
import type { BusyShop } from '../busy-shop.js';

export type Statements = string[];

/** For every invariant of a kind, statements after which it is broken and no other is. */
export type Broken = (shop: BusyShop) => Record<string, Statements[]>;

export const LONG_AGO = '2020-01-01 00:00:00.000 +00:00';
export const NOW = new Date().toISOString().replace('T', ' ').replace('Z', ' +00:00');

export const insert = (table: string, values: Record<string, string | number | boolean | null>) => {
  const row = { id: newId(), created: NOW, ...values };
  const written = Object.values(row).map((value) =>
    typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value),
  );
  return `INSERT INTO ${table} (${Object.keys(row)
    .map((column) => `"${column}"`)
    .join(', ')}) VALUES (${written.join(', ')})`;
};

export const log = ({ id: order }: Order, values: Record<string, string>) =>
  insert('automation_logs', { order, step: 'note', actor: 'shop', ...values });

export const attempt = (
  { id: order, publicId }: Order,
  number: number,
  values: Record<string, string | number> = {},
) => [
  insert('fulfilment_attempts', {
    order,
    number,
    reference: `${publicId}-0${number}`,
    provider: 'Airalo',
    provider_product_id: 'sku',
    state: 'rejected',
    sent_at: 1,
    look_ups: 0,
    misses: 0,
    updated: NOW,
    ...values,
  }),
  log({ id: order } as Order, { step: 'attempt' }),
];

export const mail = (values: Record<string, string | number | null>) =>
  insert('email_logs', {
    kind: 'esim_ready',
    dedupe_key: newId(),
    message_id: newId(),
    recipient: 'alice@example.com',
    language: 'en',
    status: 'queued',
    attempts: 0,
    due_at: clock.now(),
    lease_until: 0,
    updated: NOW,
    ...values,
  });

export const event = (values: Record<string, string | number>) =>
  insert('webhook_events', {
    source: 'stripe',
    event_id: 'evt_new',
    type: 'charge.refunded',
    payload: '{}',
    state: 'processed',
    attempts: 0,
    due_at: 0,
    lease_until: 0,
    updated: NOW,
    ...values,
  });

export const refund = ({ id: order, amountMinor }: Order, values: Record<string, string | number> = {}) => [
  insert('refunds', {
    order,
    amount_minor: amountMinor,
    currency: 'USD',
    reason: 'undeliverable',
    state: 'requested',
    attempt: 1,
    tries: 0,
    requested_at: clock.now(),
    due_at: clock.now(),
    lease_until: 0,
    updated: NOW,
    ...values,
  }),
  log({ id: order } as Order, { step: 'refund' }),
];

export const order = ({ id }: Order, set: string) => `UPDATE orders SET ${set} WHERE id = '${id}'`;

export const purchase = ({ purchaseId }: Order, set: string) =>
  `UPDATE purchases SET ${set} WHERE id = '${purchaseId}'`;

export const product = ({ productId }: Order, set: string) =>
  `UPDATE esim_products SET ${set} WHERE id = '${productId}'`;

export const couponOf = ({ couponId }: Order, set: string) =>
  `UPDATE coupons SET ${set} WHERE id = '${couponId}'`;

export const useOf = ({ purchaseId }: Order, set: string) =>
  `UPDATE coupon_redemptions SET ${set} WHERE purchase = '${purchaseId}'`;

export const attemptOf = ({ id }: Order, set: string) =>
  `UPDATE fulfilment_attempts SET ${set} WHERE "order" = '${id}'`;

export const refundOf = ({ id }: Order, set: string) => `UPDATE refunds SET ${set} WHERE "order" = '${id}'`;

export const mailOf = ({ id }: Order, kind: string, set: string) =>
  `UPDATE email_logs SET ${set} WHERE "order" = '${id}' AND kind = '${kind}'`;

/** The account that the delivered order belongs to. */
export const buyerOf = ({ id }: Order) => `(SELECT "user" FROM orders WHERE id = '${id}')`;

/** An hour ago it was paid, and nothing has happened since. */
export function lateBy({ id, purchaseId }: Order, set: string, waitHours = 0): Statements {
  return [
    `UPDATE purchases SET paid_at = ${clock.now() - HOUR} WHERE id = '${purchaseId}'`,
    `UPDATE fulfilment_attempts SET ${set} WHERE "order" = '${id}'`,
    `UPDATE orders SET due_at = ${clock.now() + waitHours * HOUR} WHERE id = '${id}'`,
    `UPDATE automation_logs SET created = '${LONG_AGO}' WHERE "order" = '${id}'`,
  ];
}

const PAID = `orders o JOIN purchases p ON p.id = o.purchase
  WHERE p.canonical_email = customers.email AND o.payment_status = 'paid'`;

/** What the triggers would have done after a payment was moved. */
export const recounted = `UPDATE customers SET total_orders = (SELECT count(*) FROM ${PAID}),
  total_spent = ${new Words(onSqlite).objectOf(
    `SELECT o.currency, sum(o.amount_minor) AS amount FROM ${PAID} GROUP BY o.currency`,
    'currency',
    'amount',
  )}`;
