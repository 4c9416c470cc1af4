import type { Invariants } from './finding.js';

const mailed = (kind: string) =>
  `EXISTS (SELECT 1 FROM email_logs e WHERE e."order" = o.id AND e.kind = '${kind}')`;

/** What goes out (email_logs) and what comes in (webhook_events). */
export const POST: Invariants = {
  'whoever got an eSIM is written to, unless the order is on hold': `
    SELECT o.id FROM orders o WHERE o.status = 'completed' AND o.hold_reason IS NULL AND NOT ${mailed('esim_ready')}`,
  'whoever got no eSIM, or the money back, is written to': `
    SELECT o.id FROM orders o WHERE o.status = 'failed' AND NOT ${mailed('order_failed')}
    UNION ALL
    SELECT o.id FROM orders o WHERE o.status = 'refunded' AND NOT ${mailed('refund_succeeded')}`,
  'no mail says what is not so': `
    SELECT e.id FROM email_logs e JOIN orders o ON o.id = e."order" WHERE CASE e.kind
      WHEN 'esim_ready' THEN o.status NOT IN ('completed', 'refunded')
      WHEN 'order_failed' THEN o.status NOT IN ('failed', 'refunded')
      WHEN 'refund_succeeded' THEN o.status <> 'refunded'
      ELSE FALSE END`,
  'nobody is written to twice about one thing': `
    SELECT min(id) AS id FROM email_logs WHERE "order" IS NOT NULL GROUP BY "order", kind HAVING count(*) > 1
    UNION ALL
    SELECT min(id) AS id FROM email_logs WHERE purchase IS NOT NULL GROUP BY purchase, kind HAVING count(*) > 1
    UNION ALL
    SELECT min(id) AS id FROM email_logs GROUP BY message_id HAVING count(*) > 1`,
  'an order knows when its eSIM was mailed': `
    SELECT o.id FROM orders o LEFT JOIN email_logs e ON e."order" = o.id AND e.kind = 'esim_ready' AND e.status = 'sent'
    WHERE (o.email_sent_at IS NULL) <> (e.id IS NULL)`,
  'an event is taken in once': `
    SELECT min(id) AS id FROM webhook_events GROUP BY source, event_id HAVING count(*) > 1`,
};
