import { forUpdate, tx } from '../database.js';
import { NotFound, RuleBroken, ShopError } from '../errors.js';
import { clock } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import type { MailKind } from '../models/email-log.js';
import { AuditLog, EmailLog, Order, Purchase, type User } from '../models/index.js';

/** Only admins let somebody in, or say who did. */
const OF_ADMINS: readonly MailKind[] = ['staff_invitation', 'access_alert'];

/**
 * Puts a refused mail back into the outbox. Throws NotFound; RuleBroken when it was not refused, or went to an address
 * that was corrected since; ShopError with status 403 for what only an admin may send.
 */
export async function queueRefusedMail(id: string, staff: User) {
  await change(id, staff, 'send_again', async (mail) => {
    if (OF_ADMINS.includes(mail.kind) && staff.role !== 'admin')
      throw new ShopError(403, 'errors.adminsOnly');
    const address = await addressNow(mail);
    if (address !== null && address !== mail.recipient) throw new RuleBroken('errors.mailReaddressed');
    await mail.update({
      status: 'queued',
      attempts: 0,
      dueAt: clock.now(),
      errorMessage: null,
      dismissedAt: null,
    });
  });
  wake();
}

/** Of what was bought, locked so that nobody corrects it meanwhile; null where the mail is about nothing bought. */
async function addressNow({ orderId, purchaseId }: EmailLog): Promise<string | null> {
  if (orderId) return (await Order.findByPk(orderId, { rejectOnEmpty: true, ...forUpdate })).customerEmail;
  return purchaseId
    ? (await Purchase.findByPk(purchaseId, { rejectOnEmpty: true, ...forUpdate })).email
    : null;
}

/** A refused mail that no person need look at any more stays in the log alone. Throws like `queueRefusedMail`. */
export const dismissMail = (id: string, staff: User) =>
  change(id, staff, 'dismiss', (mail) => mail.update({ dismissedAt: clock.date() }));

async function change(id: string, staff: User, action: string, work: (mail: EmailLog) => Promise<unknown>) {
  await tx(async () => {
    const mail = await EmailLog.findOne({ where: { id }, ...forUpdate, rejectOnEmpty: new NotFound() });
    if (mail.status !== 'failed') throw new RuleBroken('errors.mailNotRefused');
    const before = factsOf(mail);
    await work(mail);
    await AuditLog.record(staff, action, mail, before, factsOf(mail));
  });
}

const factsOf = ({ status, dismissedAt }: EmailLog): object => ({ status, dismissed: dismissedAt !== null });
