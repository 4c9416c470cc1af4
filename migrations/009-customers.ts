import type { Schema } from './dialect.js';

/** Of the account that bought it, unless it is closed: that says nothing of anybody. */
const ACCOUNT = '(SELECT u.id FROM users u WHERE u.id = p."user" AND u.closed_at IS NULL)';

/**
 * One row per canonical e-mail, with the number and the cost of its paid orders; what is refunded no longer counts. And
 * the order that somebody who looks for it has named.
 */
export async function up(schema: Schema) {
  await schema.column('email_logs', 'order_number TEXT');
  await buyersSoFarAreCustomers(schema);
  await totalsFollowPayments(schema);
  await totalsFollowAddresses(schema);
}

async function buyersSoFarAreCustomers(schema: Schema) {
  await schema.run(
    `INSERT INTO customers (id, "user", email, name, phone)
     SELECT ${schema.newId}, account, email, name, phone FROM (
       SELECT p.canonical_email AS email, ${ACCOUNT} AS account, p.name, p.phone,
         row_number() OVER (PARTITION BY p.canonical_email ORDER BY p.paid_at DESC, p.id) AS place
       FROM purchases p
       WHERE EXISTS (SELECT 1 FROM orders o WHERE o.purchase = p.id AND o.payment_status = 'paid')
     ) bought WHERE place = 1 ON CONFLICT (email) DO NOTHING`,
  );
  await schema.run(recount(schema, 'TRUE'));
}

async function totalsFollowPayments(schema: Schema) {
  const address = '(SELECT p.canonical_email FROM purchases p WHERE p.id = NEW.purchase)';
  await schema.reactAtLast(
    'customers_follow_payments',
    'orders',
    'UPDATE OF payment_status',
    `(NEW.payment_status = 'paid') <> (OLD.payment_status = 'paid')`,
    `${take(schema, 'NEW.purchase', `NEW.payment_status = 'paid'`)}; ${recount(schema, `email = ${address}`)};`,
  );
}

/** Both rows are taken in the order of their addresses: two corrections the other way round do not meet. */
async function totalsFollowAddresses(schema: Schema) {
  const takeOld = `UPDATE customers SET updated = ${schema.now} WHERE email = OLD.canonical_email`;
  await schema.reactAtLast(
    'customers_follow_addresses',
    'purchases',
    'UPDATE OF canonical_email',
    'NEW.canonical_email <> OLD.canonical_email',
    `${takeOld} AND OLD.canonical_email < NEW.canonical_email;
     ${take(schema, 'NEW.id', 'FALSE')};
     ${takeOld};
     ${recount(schema, 'email IN (OLD.canonical_email, NEW.canonical_email)')};`,
  );
}

/**
 * Makes or writes the row of a purchase's address, and so locks it: the statement after this one counts what all others
 * have committed. Where this purchase is the `newest`, its name, number and account are the customer's.
 */
function take(schema: Schema, purchase: string, newest: string) {
  const news = ['"user"', 'name', 'phone'].map(
    (column) =>
      `${column} = CASE WHEN ${newest} THEN coalesce(excluded.${column}, customers.${column}) ELSE customers.${column} END`,
  );
  return `INSERT INTO customers (id, "user", email, name, phone)
     SELECT ${schema.newId}, ${ACCOUNT}, p.canonical_email, p.name, p.phone FROM purchases p WHERE p.id = ${purchase}
     ON CONFLICT (email) DO UPDATE SET updated = excluded.updated, ${news.join(', ')}`;
}

function recount(schema: Schema, where: string) {
  const paid = `orders o JOIN purchases p ON p.id = o.purchase
    WHERE p.canonical_email = customers.email AND o.payment_status = 'paid'`;
  const spent = `SELECT o.currency, sum(o.amount_minor) AS amount FROM ${paid} GROUP BY o.currency`;
  return `UPDATE customers SET total_orders = (SELECT count(*) FROM ${paid}),
      total_spent = ${schema.objectOf(spent, 'currency', 'amount')} WHERE ${where}`;
}
