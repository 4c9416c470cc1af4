import type { Broken } from './rows.js';

const alice = (set: string) => `UPDATE customers SET ${set} WHERE email = 'alice@example.com'`;

export const customers: Broken = () => ({
  'customers’ totals are those of their orders': [
    [alice('total_orders = total_orders - 1')],
    [alice(`total_spent = '{}'`)],
    [alice(`total_spent = '{"EUR": 1}'`)],
    [`DELETE FROM customers WHERE email = 'alice@example.com'`],
    [alice(`email = 'mallory@example.com'`)],
  ],
});
