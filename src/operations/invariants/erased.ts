import type { Invariants } from './finding.js';

const isNobody = (column: string) => `${column} LIKE '%@closed.invalid'`;
const holds = (alias: string, columns: string[]) =>
  `(${columns.map((column) => `${alias}.${column} IS NOT NULL`).join(' OR ')})`;

const TRACES = ['ip_address', 'user_agent', 'utm_source', 'utm_medium', 'utm_campaign'];
const OF_PURCHASES = ['name', 'phone', 'guest_key', 'session_params', 'checkout_url', ...TRACES];
const OF_ORDERS = ['customer_name', 'customer_phone', 'payment_receipt_url', ...TRACES];

/** Of purchases called `p`: its person was erased, or its time is over. */
const ERASED = isNobody('p.canonical_email');
const ERASED_ORDERS = `(SELECT o.* FROM orders o JOIN purchases p ON p.id = o.purchase AND ${ERASED}) o`;

/** Accounts that were erased, not merely closed: they were told so. */
const ERASED_USERS = `(SELECT "user" FROM email_logs WHERE kind = 'account_erased')`;

/** Emptied by the erasure and by what is only kept for a time (operations/retention). */
export const ERASURE: Invariants = {
  'an erased customer’s address appears nowhere, and nothing else of theirs': `
    SELECT p.id FROM purchases p WHERE ${ERASED} AND (p.email <> p.canonical_email OR ${holds('p', OF_PURCHASES)})
    UNION ALL SELECT o.id FROM ${ERASED_ORDERS} WHERE ${holds('o', OF_ORDERS)}
    UNION ALL SELECT l.id FROM order_links l JOIN ${ERASED_ORDERS} ON l."order" = o.id
    UNION ALL SELECT r.id FROM coupon_redemptions r JOIN purchases p ON p.id = r.purchase AND ${ERASED}
      WHERE r.redeemer <> 'email:' || p.canonical_email
    UNION ALL SELECT e.id FROM email_logs e JOIN purchases p ON p.id = e.purchase AND ${ERASED}
      WHERE NOT ${isNobody('e.recipient')}
    UNION ALL SELECT e.id FROM email_logs e JOIN ${ERASED_ORDERS} ON e."order" = o.id
      WHERE NOT ${isNobody('e.recipient')}
    UNION ALL SELECT c.id FROM customers c WHERE ${isNobody('c.email')} AND ${holds('c', ['name', 'phone', '"user"'])}
    UNION ALL SELECT q.id FROM contact_requests q
      WHERE ${isNobody('q.email')} AND (q.message <> '(erased)' OR ${holds('q', ['device', 'order_number', '"user"'])})
    UNION ALL SELECT e.id FROM email_logs e JOIN contact_requests q ON q.id = e.contact_request AND ${isNobody('q.email')}
      WHERE NOT ${isNobody('e.recipient')}
    UNION ALL SELECT e.id FROM email_logs e
      WHERE e."user" IN ${ERASED_USERS} AND NOT ${isNobody('e.recipient')}
        AND NOT (e.kind = 'account_erased' AND e.status = 'queued')
    UNION ALL SELECT u.id FROM users u WHERE u.id IN ${ERASED_USERS} AND u.closed_at IS NULL
    UNION ALL SELECT p.id FROM purchases p WHERE p."user" IN ${ERASED_USERS} AND NOT ${ERASED}
    UNION ALL SELECT q.id FROM contact_requests q WHERE q."user" IN ${ERASED_USERS}
    UNION ALL SELECT c.id FROM customers c WHERE c."user" IN ${ERASED_USERS}
    UNION ALL SELECT l.id FROM account_links l WHERE l."user" IN ${ERASED_USERS}
    UNION ALL SELECT s."user" FROM sessions s WHERE s."user" IN ${ERASED_USERS}`,
};
