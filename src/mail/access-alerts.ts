import { newId } from '../lib/ids.js';
import { AuditLog, EmailLog, User } from '../models/index.js';
import { settings } from '../settings.js';
import { ownersSettings } from '../shop/settings.js';

/** Tells the owner's alert addresses that access to the back office changed, in the transaction that changed it. */
export async function alertOwners(entry: AuditLog) {
  const { alertEmails } = await ownersSettings();
  await alertAddresses(alertEmails, entry);
}

/** The same for addresses that are not, or not yet, in the settings. */
export async function alertAddresses(addresses: string[], entry: AuditLog) {
  for (const recipient of new Set(addresses)) {
    const id = newId();
    await EmailLog.create({
      id,
      orderId: null,
      purchaseId: null,
      userId: null,
      kind: 'access_alert',
      dedupeKey: `access_alert:${entry.id}:${id}`,
      messageId: `<${id}.access_alert@${new URL(settings.publicUrl).hostname}>`,
      recipient,
    });
  }
}

/** What such a mail says, read from the books. */
export async function accessAlert({ dedupeKey }: EmailLog) {
  const [, entryId] = dedupeKey.split(':');
  const entry = await AuditLog.findByPk(entryId!, { include: 'actor', rejectOnEmpty: true });
  const whom = await User.findByPk(entry.entityId);
  const { role, alertEmails = [] } = (entry.after ?? {}) as { role?: string; alertEmails?: string[] };
  return {
    action: entry.action,
    who: entry.actor?.email ?? 'the server',
    whom: whom?.email ?? entry.entityId,
    role: role ?? '',
    told: alertEmails.join(', ') || 'nobody',
    at: entry.created,
  };
}
