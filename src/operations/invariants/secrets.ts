import type { Invariants } from './finding.js';

/** Everything that is written down freely, with the order that it is about where there is one. */
const NOTES = `(
  SELECT id, "order", coalesce(message, '') || ' ' || coalesce(CAST(details AS TEXT), '') AS text FROM automation_logs
  UNION ALL SELECT id, "order", error_message FROM email_logs WHERE error_message IS NOT NULL
  UNION ALL SELECT id, "order", error_message FROM fulfilment_attempts WHERE error_message IS NOT NULL
  UNION ALL SELECT id, "order", error_message FROM refunds WHERE error_message IS NOT NULL
  UNION ALL SELECT id, id, error_message FROM orders WHERE error_message IS NOT NULL
  UNION ALL SELECT id, NULL, error_message FROM provider_sync_logs WHERE error_message IS NOT NULL
  UNION ALL SELECT id, NULL, CAST(payload AS TEXT) || ' ' || coalesce(error_message, '') FROM webhook_events
  UNION ALL SELECT id, entity_id, coalesce(CAST(before AS TEXT), '') || ' ' || coalesce(CAST(after AS TEXT), '')
    FROM audit_logs
) note`;

const has = (words: string) => `note.text LIKE '%${words}%'`;

/** Stripe's keys begin with sk or rk, and in its errors they are blotted out. */
const hasKey = (prefix: string) => `(${has(prefix)} AND NOT ${has(`${prefix}*`)})`;

/** What must never be written down where it is only needed to follow what happened. */
export const SECRETS: Invariants = {
  'no code and no ICCID of an eSIM is written down outside its order': `
    SELECT note.id FROM ${NOTES} LEFT JOIN orders o ON o.id = note."order"
    WHERE ${has('LPA:1$')} OR note.text LIKE '%' || o.esim_activation_code || '%'
      OR note.text LIKE '%' || nullif(o.esim_iccid, '') || '%'`,
  'no address of a customer is written into a timeline': `
    SELECT l.id FROM automation_logs l JOIN orders o ON o.id = l."order"
    WHERE l.message LIKE '%' || o.customer_email || '%' OR CAST(l.details AS TEXT) LIKE '%' || o.customer_email || '%'`,
  'no token, key or password is written down': `
    SELECT note.id FROM ${NOTES}
    WHERE ${['token=', 'Bearer ey', '$argon2', 'whsec_'].map(has).join(' OR ')}
      OR ${['k_live_', 'k_test_'].map(hasKey).join(' OR ')}`,
};
