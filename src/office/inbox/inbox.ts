import type { Order } from '../../models/index.js';
import { oldBackups } from './backups.js';
import { overdueOrders } from './delivery.js';
import { MOST, type Item } from './item.js';
import { doubtfulPayments, held, stuckRefunds } from './payments.js';
import { openRequests, waitingReviews } from './people.js';
import { refusedMails, stubbornEvents } from './post.js';
import { balances, staleSyncs } from './wholesalers.js';

/** By what is lost when nobody looks: the first cost customers their eSIM or their money. */
const SECTIONS = {
  'Orders that wait': overdueOrders,
  'Payments in doubt': doubtfulPayments,
  'On hold': held,
  'Refunds that are stuck': stuckRefunds,
  'Mails that were refused': refusedMails,
  'Questions and refund requests': openRequests,
  'Messages that could not be read': stubbornEvents,
  'Wholesalers’ balances': balances,
  'Catalogues not compared': staleSyncs,
  Backups: oldBackups,
  'Reviews to read': waitingReviews,
} satisfies Record<string, () => Promise<Item[]>>;

/** Everything that needs a person, by kind. Empty means that nothing is wrong. */
export async function inbox() {
  const sections = await Promise.all(
    Object.entries(SECTIONS).map(async ([title, find]) => {
      const found = await find();
      return { title, items: found.slice(0, MOST), hasMore: found.length > MOST };
    }),
  );
  return sections.filter(({ items }) => items.length > 0);
}

/** How many things the inbox shows. */
export async function inboxCount(): Promise<number> {
  return (await inbox()).reduce((sum, { items }) => sum + items.length, 0);
}

/** The orders among them, each with why. */
export async function needingAPerson(): Promise<{ order: Order; why: string }[]> {
  const found = await Promise.all([
    doubtfulPayments(),
    overdueOrders(),
    held(),
    stuckRefunds(),
    refusedMails(),
  ]);
  return found.flat().flatMap(({ order, why }) => (order ? [{ order, why }] : []));
}
