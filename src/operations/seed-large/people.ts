import { STAFF, type Frame } from './sizes.js';
import { insert, type Step } from './step.js';
import { idOf, json, moment, run, series } from './words.js';

const staff = ({ start }: Frame): Step => ({
  what: 'staff',
  count: STAFF,
  sql: (from, to) =>
    insert(
      'users',
      {
        id: idOf('s', 'n'),
        email: `'staff' || n || '@numnaroad.example'`,
        name: `'Staff no. ' || n`,
        role: `CASE n WHEN 0 THEN 'admin' ELSE 'support' END`,
        verified: 'TRUE',
        created: moment(String(start)),
        updated: moment(String(start)),
      },
      'FROM series',
      series(from, to),
    ),
});

export const people = (frame: Frame) => [staff(frame)];

/** Everybody who bought with an account. */
export const accounts = () =>
  run(
    insert(
      'users',
      {
        id: 'account',
        email: 'email',
        name: 'name',
        verified: 'TRUE',
        created: moment('at'),
        updated: moment('at'),
      },
      `FROM (SELECT account, min(email) AS email, min(name) AS name, min(at) AS at FROM sale
         WHERE account IS NOT NULL GROUP BY account ORDER BY account) buyers`,
    ),
  );

/** Everybody who paid, with what it comes to: as the triggers would have counted. */
export async function customers() {
  await run(
    `CREATE TEMPORARY TABLE bought AS SELECT o.customer_email AS email, o.currency, count(*) AS orders, sum(o.amount_minor) AS amount
     FROM orders o WHERE o.payment_status = 'paid' GROUP BY o.customer_email, o.currency`,
  );
  await run('CREATE INDEX bought_by ON bought (email)');
  await run(
    insert(
      'customers',
      {
        id: `'k' || substr(id, 2)`,
        user: 'account',
        email: 'email',
        name: 'name',
        total_orders: 'coalesce((SELECT sum(b.orders) FROM bought b WHERE b.email = buyers.email), 0)',
        total_spent: json(`'{' || trim(${['EUR', 'KRW', 'USD'].map(spent).join(' || ')}, ',') || '}'`),
        created: moment('at'),
        updated: moment('at'),
      },
      `FROM (SELECT min(${idOf('k', 'customer')}) AS id, min(account) AS account, email, min(name) AS name, min(at) AS at
         FROM sale WHERE state = 'paid' GROUP BY email ORDER BY email) buyers`,
    ),
  );
}

const spent = (currency: string) =>
  `coalesce((SELECT ',"${currency}":' || b.amount FROM bought b WHERE b.email = buyers.email AND b.currency = '${currency}'), '')`;
