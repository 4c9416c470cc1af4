import type { Invariants } from './finding.js';

/** Where an order's unit must be: used up by a delivery, back on the shelf, or kept for a delivery to come. */
const UNIT = `CASE
  WHEN EXISTS (SELECT 1 FROM returned_esims e WHERE e.returned_by = o.id) THEN 'released'
  WHEN o.status = 'completed'
    OR EXISTS (SELECT 1 FROM fulfilment_attempts a WHERE a."order" = o.id AND a.state = 'succeeded') THEN 'consumed'
  WHEN o.payment_status = 'failed' OR o.status IN ('failed', 'refunded') THEN 'released'
  ELSE 'held' END`;

/** Stock, plans for sale, and what is said of them. */
export const SHELF: Invariants = {
  'no plan has less than no stock': `SELECT id FROM esim_products WHERE stock < 0`,
  'nothing is on sale without stock': `SELECT id FROM esim_products WHERE is_active AND stock = 0`,
  'no plan is kept from sale for a lack of stock that is over': `
    SELECT id FROM esim_products WHERE deactivated_by_stock AND stock > 0`,
  'an order keeps one unit while it may be delivered, and gives it back exactly when it will not be': `
    SELECT o.id FROM orders o WHERE o.stock_state <> ${UNIT}`,
  'a rating is the average of the approved reviews': `
    SELECT p.id FROM esim_products p LEFT JOIN (
      SELECT product, count(*) AS reviews, avg(rating * 1.0) AS average FROM reviews WHERE is_approved GROUP BY product
    ) r ON r.product = p.id
    WHERE p.rating_count <> coalesce(r.reviews, 0) OR (p.rating_average IS NULL) <> (r.average IS NULL)
      OR abs(p.rating_average - r.average) > 0.001`,
  'a review is written by the buyer of a delivered order of that plan': `
    SELECT r.id FROM reviews r LEFT JOIN orders o ON o.id = r."order"
    WHERE o.id IS NULL OR o."user" IS DISTINCT FROM r."user" OR o.product <> r.product
      OR o.status NOT IN ('completed', 'refunded')`,
  'a review is as helpful as it has votes': `
    SELECT r.id FROM reviews r
    WHERE r.helpful_count <> (SELECT count(*) FROM review_votes v WHERE v.review = r.id)`,
};

/** Every unit of every plan: on the shelf, kept for an order, or delivered. It changes only when stock is set by hand. */
export const UNITS = `
  SELECT p.id, p.stock + (
    SELECT count(*) FROM orders o WHERE o.product = p.id AND o.stock_state <> 'released') AS units
  FROM esim_products p`;
