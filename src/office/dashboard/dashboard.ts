import { conversion, lowStock, ordersOfTheMonth, troubled } from './orders.js';
import { providerHealth } from './provider-health.js';
import { sales } from './sales.js';

/** How the shop does, in figures of today and the last 30 days; every query is served by an index of its own. */
export async function dashboard() {
  const [earned, orders, trouble, low, funnel, health] = await Promise.all([
    sales(),
    ordersOfTheMonth(),
    troubled(),
    lowStock(),
    conversion(),
    providerHealth(),
  ]);
  return { earned, orders, trouble, low, funnel, health };
}

export type Dashboard = Awaited<ReturnType<typeof dashboard>>;
