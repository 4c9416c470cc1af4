import { minutesAgo } from './ask.js';
import type { Invariants } from './finding.js';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const lying = `due_at < :now - ${QUARTER} AND lease_until < :now - ${QUARTER}`;
const DAY = 24 * 60 * 60_000;
const tomorrow = `:now + ${DAY}`;

/**
 * Of mails: asking how it was is due a week after the delivery, why a review is not shown ten minutes after the word, and
 * neither was tried before.
 */
export const IN_GOOD_TIME = `(attempts = 0 AND lease_until = 0 AND due_at > :now
  AND due_at <= :now + CASE kind WHEN 'review_invitation' THEN ${7 * DAY} WHEN 'review_rejected' THEN ${10 * MINUTE} ELSE -1 END)`;

/** Somebody else's purchase must end first at a wholesaler that could not tell the two apart. */
const WAITS_ITS_TURN = `EXISTS (
  SELECT 1 FROM fulfilment_attempts a WHERE a.state IN ('sent', 'unknown') AND a.serial_key IN (
    SELECT provider || ':' || provider_product_id FROM esim_products WHERE id = o.product
    UNION ALL SELECT provider || ':' || provider_product_id FROM provider_offers WHERE product = o.product))`;

/** Nothing is forgotten: what is late shows why. */
export const PUNCTUALITY: Invariants = {
  'a paid order is finished within a quarter of an hour, or shows what keeps it': `
    SELECT o.id FROM orders o JOIN purchases p ON p.id = o.purchase
    WHERE o.payment_status = 'paid' AND o.status IN ('pending', 'processing') AND p.paid_at < :now - ${QUARTER}
      AND o.hold_reason IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM fulfilment_attempts a WHERE a."order" = o.id AND (
          a.state IN ('sent', 'unknown') OR (a.reason = 'rate_limited' AND o.due_at > :now)))
      AND NOT EXISTS (SELECT 1 FROM automation_logs l WHERE l."order" = o.id AND l.created > ${minutesAgo(15)})
      AND NOT ${WAITS_ITS_TURN}`,
  'an event is worked on within five minutes, or says what was wrong': `
    SELECT id FROM webhook_events
    WHERE state = 'received' AND error_message IS NULL AND lease_until < :now AND created < ${minutesAgo(5)}`,
  'no refund, no mail and no open purchase is left lying when it is due': `
    SELECT id FROM refunds
    WHERE state IN ('requested', 'pending') AND ${lying} AND requested_at < :now - ${QUARTER}
    UNION ALL SELECT id FROM email_logs WHERE status = 'queued' AND ${lying} AND created < ${minutesAgo(15)}
    UNION ALL SELECT id FROM purchases WHERE state = 'open' AND check_at < :now - ${QUARTER}`,
  'nothing is put off for longer than a day': `
    SELECT id FROM orders WHERE payment_status = 'paid' AND status IN ('pending', 'processing')
      AND (due_at > ${tomorrow} OR lease_until > ${tomorrow})
    UNION ALL SELECT id FROM refunds
    WHERE state IN ('requested', 'pending') AND (due_at > ${tomorrow} OR lease_until > ${tomorrow})
    UNION ALL SELECT id FROM email_logs
    WHERE status = 'queued' AND (due_at > ${tomorrow} OR lease_until > ${tomorrow}) AND NOT ${IN_GOOD_TIME}
    UNION ALL SELECT id FROM webhook_events
    WHERE state = 'received' AND (due_at > ${tomorrow} OR lease_until > ${tomorrow})
    UNION ALL SELECT id FROM purchases WHERE state = 'open' AND check_at > ${tomorrow}`,
};
