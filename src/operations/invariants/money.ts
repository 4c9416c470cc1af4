import type { Invariants } from './finding.js';

/** Purchases, their orders and the money that goes back. */
export const MONEY: Invariants = {
  'a purchase is worth what its orders are worth, in one currency': `
    SELECT p.id FROM purchases p LEFT JOIN orders o ON o.purchase = p.id
    GROUP BY p.id
    HAVING count(o.id) = 0 OR sum(o.price_minor) <> p.subtotal_minor
      OR sum(o.discount_amount_minor) <> p.discount_minor OR sum(o.amount_minor) <> p.total_minor
      OR min(o.currency) <> p.currency OR max(o.currency) <> p.currency`,
  'eSIMs of one plan that were bought together share their discount to the unit': `
    SELECT min(id) AS id FROM orders WHERE coupon_id IS NOT NULL
    GROUP BY purchase, product
    HAVING max(discount_amount_minor) - min(discount_amount_minor) > 1`,
  'nothing is discounted without a coupon': `
    SELECT id FROM purchases WHERE discount_minor > 0 AND coupon IS NULL`,
  'an order has the buyer, the address, the way to pay and the coupon of its purchase': `
    SELECT o.id FROM orders o JOIN purchases p ON p.id = o.purchase
    WHERE o."user" IS DISTINCT FROM p."user" OR o.customer_email <> p.email
      OR o.payment_method <> p.payment_method OR o.coupon_id IS DISTINCT FROM p.coupon`,
  'the orders of a purchase are paid, awaited or given up as it is': `
    SELECT o.id FROM orders o JOIN purchases p ON p.id = o.purchase
    WHERE CASE p.state
      WHEN 'paid' THEN o.payment_status NOT IN ('paid', 'refunded')
      WHEN 'open' THEN o.payment_status <> 'pending'
      WHEN 'expired' THEN o.payment_status <> 'failed'
      ELSE o.payment_status NOT IN ('pending', 'failed') END`,
  'a paid purchase names its payment, a free one itself, and an open one none yet': `
    SELECT id FROM purchases WHERE CASE state
      WHEN 'paid' THEN payment_intent IS NULL OR (payment_intent = 'free:' || id) <> (total_minor = 0)
      WHEN 'open' THEN payment_intent IS NOT NULL
      ELSE FALSE END`,
  'an order names the payment of its purchase': `
    SELECT o.id FROM orders o JOIN purchases p ON p.id = o.purchase
    WHERE CASE p.state
      WHEN 'paid' THEN o.payment_id <> p.payment_intent
      ELSE o.payment_id NOT IN (p.id, coalesce(p.stripe_session_id, p.id)) END`,
  'nothing is bought for an order that is not paid, and nothing refunded': `
    SELECT o.id FROM orders o WHERE o.payment_status IN ('pending', 'failed') AND (o.status <> 'pending'
      OR EXISTS (SELECT 1 FROM fulfilment_attempts a WHERE a."order" = o.id)
      OR EXISTS (SELECT 1 FROM refunds r WHERE r."order" = o.id))`,
  'an order is refunded once, with what was paid for it': `
    SELECT r."order" AS id FROM refunds r JOIN orders o ON o.id = r."order"
    GROUP BY r."order", o.amount_minor, o.currency
    HAVING count(*) > 1 OR sum(r.amount_minor) <> o.amount_minor OR max(r.currency) <> o.currency`,
  'an order is refunded exactly when its refund went through': `
    SELECT o.id FROM orders o LEFT JOIN refunds r ON r."order" = o.id
    WHERE o.status = 'refunded' AND (r.id IS NULL OR r.state NOT IN ('succeeded', 'failed'))
    UNION ALL
    SELECT o.id FROM refunds r JOIN orders o ON o.id = r."order"
    WHERE r.state = 'succeeded' AND o.status <> 'refunded'`,
  'a failed order that was paid with money has a refund': `
    SELECT o.id FROM orders o WHERE o.status = 'failed' AND o.amount_minor > 0
      AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r."order" = o.id)`,
  'a refund by ourselves is for an order that failed': `
    SELECT r.id FROM refunds r JOIN orders o ON o.id = r."order"
    WHERE r.reason IN ('undeliverable', 'paid_too_late') AND o.status NOT IN ('failed', 'refunded')`,
  'a refund by ourselves never meets an eSIM that was or may have been bought': `
    SELECT r.id FROM refunds r JOIN fulfilment_attempts a ON a."order" = r."order"
    WHERE r.reason IN ('undeliverable', 'paid_too_late') AND a.state IN ('sent', 'unknown', 'succeeded')`,
  'nothing is bought once the money is on its way back': `
    SELECT a.id FROM refunds r JOIN fulfilment_attempts a ON a."order" = r."order"
    WHERE a.sent_at > r.requested_at`,
};
