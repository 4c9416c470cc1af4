import { onSqlite } from '../../database.js';
import { HOUR, clock } from '../../lib/clock.js';
import { Order } from '../../models/index.js';
import { backups } from '../../operations/backup/folder.js';
import type { Item } from './item.js';

const BACKUPS = { what: 'Backups', href: '/admin' } as const;
const OLD_AFTER = 26 * HOUR;

/** A shop that sells for longer than a day without a backup of its last day. */
export async function oldBackups(): Promise<Item[]> {
  if (!onSqlite) return [];
  const taken = await backups().catch((error: unknown) => error as Error);
  if (taken instanceof Error)
    return [{ ...BACKUPS, why: `They cannot be read: ${taken.message}`, since: clock.date() }];
  const [newest] = taken;
  const since = newest?.at ?? (await firstSale());
  if (!since || clock.now() - since.getTime() < OLD_AFTER) return [];
  const why = newest ? 'The last one is older than a day' : 'None has been taken yet';
  return [{ ...BACKUPS, why, since }];
}

const firstSale = async () =>
  (await Order.findOne({ attributes: ['created'], order: [['created', 'ASC']] }))?.created;
