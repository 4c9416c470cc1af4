import { log, onSqlite } from '../../database.js';
import { DAY, HOUR, MINUTE, clock } from '../../lib/clock.js';
import { backups } from './folder.js';
import { takeBackup } from './take.js';

/** At three in the morning, UTC; one that was missed is made up for. */
const AT = 3 * HOUR;
const LOOK_EVERY = 5 * MINUTE;

let nextLookAt = 0;

/** A watch of the worker: a backup every day. Never says that there is more to do. */
export async function backUpWhenDue(): Promise<boolean> {
  if (!onSqlite || clock.now() < nextLookAt) return false;
  nextLookAt = clock.now() + LOOK_EVERY;
  const [newest] = await backups();
  const lastDue = Math.floor((clock.now() - AT) / DAY) * DAY + AT;
  if (newest && newest.at.getTime() >= lastDue) return false;
  // What has failed is tried again in an hour: a full disk is not filled every few minutes.
  nextLookAt = clock.now() + HOUR;
  const { name, bytes } = await takeBackup();
  log.info({ name, bytes }, 'backup taken and proved');
  return false;
}
