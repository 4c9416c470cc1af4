import { onSqlite } from '../../database.js';
import { backups } from '../../operations/backup/folder.js';
import { conversion, lowStock, ordersOfTheMonth, troubled } from './orders.js';
import { providerHealth } from './provider-health.js';
import { sales } from './sales.js';

/** How the shop does, in figures of today and the last 30 days; every query is served by an index of its own. */
export async function dashboard() {
  const [earned, orders, trouble, low, funnel, health, [backup]] = await Promise.all([
    sales(),
    ordersOfTheMonth(),
    troubled(),
    lowStock(),
    conversion(),
    providerHealth(),
    // Where they cannot be read, the inbox says so.
    backups().catch(() => []),
  ]);
  return {
    earned,
    orders,
    trouble,
    low,
    funnel,
    health,
    backup: onSqlite ? (backup ?? 'none yet') : 'not ours',
  } as const;
}

export type Dashboard = Awaited<ReturnType<typeof dashboard>>;
