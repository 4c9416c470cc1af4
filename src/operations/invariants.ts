import { QueryTypes } from 'sequelize';
import { onSqlite, sequelize } from '../database.js';

/**
 * What must hold whatever happened: each a query that finds the rows that break it (`id` names them). They say across
 * tables what no CHECK and no index can.
 */
const INVARIANTS: Record<string, string> = {
  'a purchase is worth what its orders are worth, in one currency': `
    SELECT p.id FROM purchases p JOIN orders o ON o.purchase = p.id
    GROUP BY p.id, p.total_minor, p.discount_minor, p.currency
    HAVING sum(o.amount_minor) <> p.total_minor OR sum(o.discount_amount_minor) <> p.discount_minor
      OR min(o.currency) <> p.currency OR max(o.currency) <> p.currency`,
  'the orders of a paid purchase are paid, and of no other': `
    SELECT o.id FROM orders o JOIN purchases p ON p.id = o.purchase
    WHERE (p.state = 'paid') <> (o.payment_status IN ('paid', 'refunded'))`,
  'an expired purchase holds no stock and no coupon': `
    SELECT p.id FROM purchases p WHERE p.state = 'expired' AND (
      EXISTS (SELECT 1 FROM orders o WHERE o.purchase = p.id AND o.stock_state = 'held')
      OR EXISTS (SELECT 1 FROM coupon_redemptions r WHERE r.purchase = p.id AND r.state = 'held'))`,
  'a coupon is counted as often as it is held or used': `
    SELECT c.id FROM coupons c
    WHERE c.usage_count <> (SELECT count(*) FROM coupon_redemptions r WHERE r.coupon = c.id AND r.state <> 'released')`,
  'a completed order was bought once, and its eSIM is the one that was bought': `
    SELECT o.id FROM orders o WHERE o.status = 'completed' AND NOT EXISTS (
      SELECT 1 FROM fulfilment_attempts a
      WHERE a."order" = o.id AND a.state = 'succeeded' AND a.provider_order_id = o.provider_order_id)`,
  'an eSIM that was bought is not left with an order that goes on as if it were not': `
    SELECT o.id FROM orders o JOIN fulfilment_attempts a ON a."order" = o.id
    WHERE a.state = 'succeeded' AND o.status NOT IN ('completed', 'refunded')`,
  'a refund by ourselves never meets an eSIM that was or may have been bought': `
    SELECT r.id FROM refunds r JOIN fulfilment_attempts a ON a."order" = r."order"
    WHERE r.reason IN ('undeliverable', 'paid_too_late') AND a.state IN ('sent', 'unknown', 'succeeded')`,
  'an order is refunded exactly when its refund went through': `
    SELECT o.id FROM orders o LEFT JOIN refunds r ON r."order" = o.id
    WHERE (o.status = 'refunded' AND (r.id IS NULL OR r.state NOT IN ('succeeded', 'failed')))
      OR (o.status <> 'refunded' AND r.state = 'succeeded')`,
  'a failed order that was paid with money has a refund': `
    SELECT o.id FROM orders o WHERE o.status = 'failed' AND o.amount_minor > 0
      AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r."order" = o.id)`,
  'a failed or refunded order that was not delivered holds no stock': `
    SELECT o.id FROM orders o WHERE o.status IN ('failed', 'refunded') AND o.stock_state = 'held'`,
  'a delivered order has its mail, unless it is on hold': `
    SELECT o.id FROM orders o WHERE o.status = 'completed' AND o.hold_reason IS NULL
      AND NOT EXISTS (SELECT 1 FROM email_logs e WHERE e."order" = o.id AND e.kind = 'esim_ready')`,
  'every change of an order stands in its timeline': `
    SELECT o.id FROM orders o WHERE o.status <> 'pending' AND NOT EXISTS (
      SELECT 1 FROM automation_logs l WHERE l."order" = o.id AND l.step = 'status' AND l.status_to = o.status)`,
  'nothing is on sale without stock': `SELECT id FROM esim_products WHERE is_active AND stock = 0`,
  'a rating is the average of the approved reviews': `
    SELECT p.id FROM esim_products p
    WHERE p.rating_count <> (SELECT count(*) FROM reviews r WHERE r.product = p.id AND r.is_approved)
      OR abs(coalesce(p.rating_average, 0)
        - coalesce((SELECT avg(r.rating * 1.0) FROM reviews r WHERE r.product = p.id AND r.is_approved), 0)) > 0.001`,
};

export interface Finding {
  invariant: string;
  ids: string[];
}

/** Every invariant with the ids of what breaks it, none when it holds. */
export async function checkInvariants(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [invariant, sql] of Object.entries(INVARIANTS)) {
    const rows = await sequelize.query<{ id: string }>(sql, { type: QueryTypes.SELECT });
    findings.push({ invariant, ids: rows.map(({ id }) => id) });
  }
  if (onSqlite) findings.push(...(await checkFile()));
  return findings;
}

/** SQLite reports damage as rows, not as an error. */
async function checkFile(): Promise<Finding[]> {
  const damage = await sequelize.query<object>('PRAGMA integrity_check', { type: QueryTypes.SELECT });
  const orphans = await sequelize.query<object>('PRAGMA foreign_key_check', { type: QueryTypes.SELECT });
  const words = damage.flatMap((row) => Object.values(row).map(String)).filter((word) => word !== 'ok');
  return [
    { invariant: 'the database file is whole', ids: words },
    { invariant: 'every reference leads to a row', ids: orphans.map((row) => JSON.stringify(row)) },
  ];
}
