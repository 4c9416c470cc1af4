import type { Invariants } from './finding.js';

/** What is bought from wholesalers, and who has it. */
export const DELIVERY: Invariants = {
  'of the attempts of an order one at most is open or succeeded': `
    SELECT "order" AS id FROM fulfilment_attempts WHERE state IN ('sent', 'unknown', 'succeeded')
    GROUP BY "order" HAVING count(*) > 1`,
  'an order counts its attempts from 1 without a gap': `
    SELECT o.id FROM orders o JOIN (
      SELECT "order", count(*) AS tries, min(number) AS lowest, max(number) AS highest
      FROM fulfilment_attempts GROUP BY "order"
    ) a ON a."order" = o.id
    WHERE a.lowest <> 1 OR a.highest <> a.tries OR o.retry_count <> a.tries - 1`,
  'an attempt has the reference of its order and number': `
    SELECT a.id FROM fulfilment_attempts a JOIN orders o ON o.id = a."order"
    WHERE a.reference <> o.order_id || '-' || CASE WHEN a.number < 10 THEN '0' ELSE '' END || a.number`,
  'where two purchases could not be told apart, one is open at a time': `
    SELECT min(id) AS id FROM fulfilment_attempts
    WHERE serial_key IS NOT NULL AND state IN ('sent', 'unknown') AND provider_order_id IS NULL
    GROUP BY serial_key HAVING count(*) > 1
    UNION ALL
    SELECT id FROM fulfilment_attempts WHERE serial_key <> provider || ':' || provider_product_id`,
  'a completed order was bought once, and its eSIM is the one that was bought': `
    SELECT o.id FROM orders o WHERE o.status = 'completed' AND NOT EXISTS (
      SELECT 1 FROM fulfilment_attempts a
      WHERE a."order" = o.id AND a.state = 'succeeded' AND a.provider_order_id = o.provider_order_id)
    AND NOT EXISTS (SELECT 1 FROM returned_esims e WHERE e.sold_to = o.id
      AND e.provider_order_id = o.provider_order_id AND e.iccid = o.esim_iccid AND e.activation_code = o.esim_activation_code)`,
  'an eSIM that was bought is not left with an order that goes on as if it were not': `
    SELECT o.id FROM orders o JOIN fulfilment_attempts a ON a."order" = o.id
    WHERE a.state = 'succeeded' AND o.status NOT IN ('completed', 'refunded')`,
  'nothing more is bought for an order that has its eSIM': `
    SELECT later.id FROM fulfilment_attempts won
    JOIN fulfilment_attempts later ON later."order" = won."order" AND later.number > won.number
    WHERE won.state = 'succeeded'`,
  'an eSIM belongs to one order': `
    SELECT min(id) AS id FROM orders WHERE esim_iccid IS NOT NULL GROUP BY esim_iccid HAVING count(*) > 1
    UNION ALL
    SELECT min(id) AS id FROM orders WHERE esim_activation_code IS NOT NULL
    GROUP BY esim_activation_code HAVING count(*) > 1
    UNION ALL
    SELECT min(id) AS id FROM fulfilment_attempts WHERE provider_order_id IS NOT NULL
    GROUP BY provider, provider_order_id HAVING count(*) > 1`,
  'a completed order has its code, its ICCID, the wholesaler’s order and the time': `
    SELECT id FROM orders WHERE status = 'completed' AND (esim_activation_code IS NULL OR esim_iccid IS NULL
      OR provider_order_id IS NULL OR completed_at IS NULL OR delivered_at IS NULL)`,
  'no order has an eSIM that was never delivered': `
    SELECT id FROM orders WHERE status NOT IN ('completed', 'refunded')
      AND (esim_activation_code IS NOT NULL OR esim_iccid IS NOT NULL)`,
  'an eSIM comes back only unseen, from an order that is refunded and has it no more': `
    SELECT e.id FROM returned_esims e JOIN orders o ON o.id = e.returned_by
    WHERE o.status <> 'refunded' OR o.revealed_at IS NOT NULL OR o.esim_iccid IS NOT NULL
      OR o.esim_activation_code IS NOT NULL`,
  'an eSIM that came back is with nobody, or with the one whom it was sold to': `
    SELECT e.id FROM returned_esims e JOIN orders o ON o.esim_iccid = e.iccid
    WHERE o.id <> coalesce(e.sold_to, '') AND NOT EXISTS (
      SELECT 1 FROM returned_esims later WHERE later.iccid = e.iccid AND later.returned_by = e.sold_to)`,
  'an eSIM goes out again as what was promised before': `
    SELECT e.id FROM returned_esims e JOIN orders o ON o.id = e.sold_to WHERE o.product <> e.product`,
  'a code that went out by mail counts as seen': `
    SELECT id FROM orders WHERE status = 'completed' AND code_delivery = 'mail' AND revealed_at IS NULL`,
  'an order keeps the terms on which it was sold': `
    SELECT id FROM orders WHERE terms ->> 'name' IS NULL`,
};
