import { QueryTypes } from 'sequelize';
import { onSqlite, sequelize, tx } from '../../database.js';
import { DAY, clock } from '../../lib/clock.js';
import { Order, Purchase } from '../../models/index.js';
import { forgetPurchases } from '../../privacy/forget-purchases.js';
import { IS_MOVING } from '../../privacy/still-moving.js';
import { BATCH } from './batches.js';

interface Found {
  id: string;
  canonicalEmail: string;
}

const OF_SOMEBODY = `p.canonical_email NOT LIKE '%@closed.invalid'`;

/** They help to recognise fraud, as long as a payment can be disputed. */
export const forgetBrowsersOfPurchases = (days: number) =>
  eachSettled('(p.ip_address IS NOT NULL OR p.user_agent IS NOT NULL)', days, async (purchases) => {
    const ids = purchases.map(({ id }) => id);
    const nothing = { ipAddress: null, userAgent: null };
    await Purchase.update(nothing, { where: { id: ids } });
    await Order.update(nothing, { where: { purchaseId: ids } });
  });

export const forgetUnpaidPurchases = (days: number) =>
  eachSettled(`p.state = 'expired' AND ${OF_SOMEBODY}`, days, forgetBuyers);

export const forgetOldPurchases = (days: number) =>
  eachSettled(`p.state = 'paid' AND ${OF_SOMEBODY}`, days, forgetBuyers);

async function forgetBuyers(purchases: Found[]) {
  for (const email of new Set(purchases.map(({ canonicalEmail }) => canonicalEmail))) {
    const theirs = purchases.filter(({ canonicalEmail }) => canonicalEmail === email);
    await forgetPurchases(email, { id: theirs.map(({ id }) => id) });
  }
}

/** A batch of what `which` says of purchases (`p`) of more than so many days ago with which nothing more will happen. */
async function eachSettled(which: string, days: number, forget: (purchases: Found[]) => Promise<void>) {
  const find = (lock = '') =>
    sequelize.query<Found>(
      `SELECT p.id, p.canonical_email AS "canonicalEmail" FROM purchases p
       WHERE ${which} AND p.created < :before AND NOT (${IS_MOVING}) ORDER BY p.created LIMIT ${BATCH} ${lock}`,
      { type: QueryTypes.SELECT, replacements: { before: new Date(clock.now() - days * DAY) } },
    );
  // Looking first without a transaction: where there is nothing to do, nobody must wait.
  if ((await find()).length === 0) return 0;
  return tx(async () => {
    // Late money may have come since.
    const purchases = await find(onSqlite ? '' : 'FOR NO KEY UPDATE OF p SKIP LOCKED');
    await forget(purchases);
    return purchases.length;
  });
}
