import { onSqlite } from '../../../src/database.js';
import { coupons } from './coupons.js';
import { customers } from './customers.js';
import { delivery } from './delivery.js';
import { erased } from './erased.js';
import { file } from './file.js';
import { history } from './history.js';
import { money } from './money.js';
import { post } from './post.js';
import { punctuality } from './punctuality.js';
import type { Broken } from './rows.js';
import { secrets } from './secrets.js';
import { shelf } from './shelf.js';

export { rightBooks } from './odd-but-right.js';
export { settledBooks, unsettledBooks } from './settled.js';

/** What a bug, a lost wall or a hand in the database would leave behind: for every invariant, and of no other. */
export const brokenBooks: Broken = (shop) => ({
  ...money(shop),
  ...coupons(shop),
  ...customers(shop),
  ...shelf(shop),
  ...delivery(shop),
  ...history(shop),
  ...post(shop),
  ...secrets(shop),
  ...punctuality(shop),
  ...erased(shop),
  ...(onSqlite ? file(shop) : {}),
});
