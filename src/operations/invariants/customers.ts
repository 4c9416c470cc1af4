import { onSqlite } from '../../database.js';
import type { Invariants } from './finding.js';

const MEMBERS = onSqlite ? 'json_each(c.total_spent)' : 'jsonb_each_text(c.total_spent)';
const PAID = `FROM orders o JOIN purchases p ON p.id = o.purchase WHERE o.payment_status = 'paid'`;

/** Who buys. */
export const CUSTOMERS: Invariants = {
  // What the customer's row says, less what the orders say. Where there is no row, a purchase names the address.
  'customers’ totals are those of their orders': `
    SELECT coalesce(c.id, min(said.purchase)) AS id FROM (
      SELECT email, 'orders' AS what, total_orders AS amount, CAST(NULL AS TEXT) AS purchase FROM customers
      UNION ALL SELECT c.email, member.key, CAST(member.value AS BIGINT), NULL FROM customers c, ${MEMBERS} AS member
      UNION ALL SELECT p.canonical_email, 'orders', -1, p.id ${PAID}
      UNION ALL SELECT p.canonical_email, o.currency, -o.amount_minor, p.id ${PAID}
    ) said LEFT JOIN customers c ON c.email = said.email
    GROUP BY c.id, said.email, said.what HAVING sum(said.amount) <> 0`,
};
