import { forUpdate, tx } from '../database.js';
import { ShopError } from '../errors.js';
import { hashOf } from '../lib/ids.js';
import { wake } from '../lib/wake.js';
import { alertAddresses } from '../mail/access-alerts.js';
import { AuditLog, ShopSettings, type User } from '../models/index.js';
import { forgetSettings, withDefaults, type OwnersSettings } from '../shop/settings.js';
import { stillAdmin } from './still-admin.js';

const FIELDS = ['shopName', 'supportEmail', 'returnDays', 'alertEmails'] as const;

/** What an owner had before them, in short. */
export const readingOf = (all: OwnersSettings) =>
  hashOf(JSON.stringify(FIELDS.map((field) => all[field]))).slice(0, 16);

/**
 * Stores what is different, with before and after in the books; nothing is written when nothing is. Who was told when
 * access changes, and who is from now on, hears of a change of that. Throws RuleBroken, and with status 409 when they are not what `seen` (of `readingOf`) says
 * any more.
 */
export async function changeSettings(seen: string, wanted: OwnersSettings, staff: User) {
  await tx(async () => {
    await stillAdmin(staff);
    // Of two who set something for the first time one makes the row.
    await ShopSettings.bulkCreate([{}], { ignoreDuplicates: true });
    const row = await ShopSettings.findOne({ rejectOnEmpty: true, ...forUpdate });
    const now = withDefaults(row);
    if (readingOf(now) !== seen) throw new ShopError(409, 'errors.settings.changed');
    const changed = FIELDS.filter((field) => JSON.stringify(now[field]) !== JSON.stringify(wanted[field]));
    if (changed.length === 0) return;
    const only = (all: OwnersSettings) => Object.fromEntries(changed.map((field) => [field, all[field]]));
    await row.update(only(wanted));
    const entry = await AuditLog.record(staff, 'update', row, only(now), only(wanted));
    if (changed.includes('alertEmails'))
      await alertAddresses([...now.alertEmails, ...wanted.alertEmails], entry);
  });
  forgetSettings();
  wake();
}
