import type { Invariants } from './finding.js';

/** Paid after it had been given up: the use of its coupon went back to others and stays there. */
const PAID_LATE = `EXISTS (
  SELECT 1 FROM orders o JOIN automation_logs l ON l."order" = o.id
  WHERE o.purchase = p.id AND l.step = 'payment' AND l.status_from = 'failed')`;

/**
 * A limit may be lowered below what was used before. Then the coupon was written after the last use; otherwise its last
 * writing is the count of that use.
 */
export const COUPONS: Invariants = {
  'a coupon is counted as often as it is held or used': `
    SELECT c.id FROM coupons c
    WHERE c.usage_count <> (SELECT count(*) FROM coupon_redemptions r WHERE r.coupon = c.id AND r.state <> 'released')`,
  'no coupon is used beyond its limit, unless that was lowered since': `
    SELECT c.id FROM coupons c JOIN coupon_redemptions r ON r.coupon = c.id AND r.state <> 'released'
    WHERE c.usage_limit IS NOT NULL
    GROUP BY c.id HAVING count(*) > c.usage_limit AND max(r.created) >= c.updated`,
  'nobody uses a coupon more often than one may, unless that was lowered since': `
    SELECT c.id FROM coupons c JOIN coupon_redemptions r ON r.coupon = c.id AND r.state <> 'released'
    GROUP BY c.id, r.redeemer HAVING count(*) > c.user_usage_limit AND max(r.created) >= c.updated
    UNION ALL
    SELECT c.id FROM coupons c JOIN coupon_redemptions r ON r.coupon = c.id AND r.state <> 'released'
    JOIN purchases p ON p.id = r.purchase WHERE p."user" IS NOT NULL
    GROUP BY c.id, p."user" HAVING count(*) > c.user_usage_limit AND max(r.created) >= c.updated`,
  'a coupon is held by an open purchase, used by a paid one, given back by an expired one': `
    SELECT p.id FROM purchases p LEFT JOIN coupon_redemptions r ON r.purchase = p.id AND r.coupon = p.coupon
    WHERE p.coupon IS NOT NULL AND NOT CASE p.state
      WHEN 'open' THEN coalesce(r.state = 'held', FALSE)
      WHEN 'paid' THEN coalesce(r.state = 'used' OR (r.state = 'released' AND ${PAID_LATE}), FALSE)
      WHEN 'expired' THEN coalesce(r.state = 'released', FALSE)
      ELSE coalesce(r.state IN ('held', 'released'), FALSE) END`,
  'a use of a coupon is one of the coupon that the purchase names': `
    SELECT r.id FROM coupon_redemptions r JOIN purchases p ON p.id = r.purchase
    WHERE r.coupon IS DISTINCT FROM p.coupon`,
};
