import type { Broken } from './rows.js';

/** Of a database that checks its references itself this cannot be seen. */
export const file: Broken = () => ({
  'the database file is whole': [
    [`UPDATE users SET role = 'owner'`, 'PRAGMA ignore_check_constraints = OFF'],
  ],
  'every reference leads to a row': [[`UPDATE esim_products SET country = 'QQ'`]],
});
