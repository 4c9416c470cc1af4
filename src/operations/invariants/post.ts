import type { Invariants } from './finding.js';

const mailed = (kind: string) =>
  `EXISTS (SELECT 1 FROM email_logs e WHERE e."order" = o.id AND e.kind = '${kind}')`;

const again = `dedupe_key LIKE '%:again:%'`;

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
  // What was asked for again, or went to another address, stands in a timeline.
  'nobody is written to twice about one thing without asking for it': `
    SELECT min(id) AS id FROM email_logs WHERE "order" IS NOT NULL AND NOT ${again} GROUP BY "order", kind HAVING count(*) > 1
    UNION ALL
    SELECT min(id) AS id FROM email_logs WHERE purchase IS NOT NULL AND NOT ${again} GROUP BY purchase, kind HAVING count(*) > 1
    UNION ALL
    SELECT min(id) AS id FROM (
      SELECT coalesce(e.purchase, o.purchase) AS purchase, e.id, 1 AS surplus
      FROM email_logs e LEFT JOIN orders o ON o.id = e."order" WHERE ${again}
      UNION ALL SELECT o.purchase, NULL, -1 FROM automation_logs l JOIN orders o ON o.id = l."order"
      WHERE l.step IN ('mail', 'address')
    ) mails GROUP BY purchase HAVING sum(surplus) > 0
    UNION ALL
    SELECT min(id) AS id FROM email_logs GROUP BY message_id HAVING count(*) > 1`,
  'an order knows when its eSIM was mailed': `
    SELECT o.id FROM orders o LEFT JOIN email_logs e ON e."order" = o.id AND e.kind = 'esim_ready' AND e.status = 'sent'
    WHERE (o.email_sent_at IS NULL) <> (e.id IS NULL)`,
  'an event is taken in once': `
    SELECT min(id) AS id FROM webhook_events GROUP BY source, event_id HAVING count(*) > 1`,
};
