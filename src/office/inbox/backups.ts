import { onSqlite } from '../../database.js';
import { HOUR, clock } from '../../lib/clock.js';
import { Order } from '../../models/index.js';
import { backups } from '../../operations/backup/folder.js';
import type { Item } from './item.js';

const OLD_AFTER = 26 * HOUR;

/** A shop that sells for longer than a day without a backup of its last day. */
export async function oldBackups(): Promise<Item[]> {
  if (!onSqlite) return [];
  const [newest] = await backups();
  const since = newest?.at ?? (await firstSale());
  if (!since || clock.now() - since.getTime() < OLD_AFTER) return [];
  const why = newest ? 'The last one is older than a day' : 'None has been taken yet';
  return [{ what: 'Backups', why, since, href: '/admin' }];
}

const firstSale = async () =>
  (await Order.findOne({ attributes: ['created'], order: [['created', 'ASC']] }))?.created;
