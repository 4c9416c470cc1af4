import { forUpdate, tx } from '../database.js';
import { wake } from '../lib/wake.js';
import { alertAddresses } from '../mail/access-alerts.js';
import { AuditLog, ShopSettings, type User } from '../models/index.js';
import { forgetSettings, withDefaults, type OwnersSettings } from '../shop/settings.js';
import { stillAdmin } from './still-admin.js';

const FIELDS = ['shopName', 'supportEmail', 'returnDays', 'alertEmails'] as const;

/**
 * Stores what is different, with before and after in the books; nothing is written when nothing is. Who was told when
 * access changes, and who is from now on, hears of a change of that. Throws RuleBroken.
 */
export async function changeSettings(wanted: OwnersSettings, staff: User) {
  await tx(async () => {
    await stillAdmin(staff);
    // Of two who set something for the first time one makes the row.
    await ShopSettings.bulkCreate([{}], { ignoreDuplicates: true });
    const row = await ShopSettings.findOne({ rejectOnEmpty: true, ...forUpdate });
    const now = withDefaults(row);
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
