import { tx } from '../database.js';
import { ShopError } from '../errors.js';
import { wake } from '../lib/wake.js';
import { dueMail } from '../mail/due-mail.js';
import { queueMailAgain } from '../mail/outbox.js';
import { AuditLog, type Order, type User } from '../models/index.js';
import { lockPurchase } from '../payments/lock-purchase.js';

/** Mails once more where the order is now. Throws with status 409 while there is nothing to say. */
export async function sendAgain(order: Order) {
  await tx(() => queue(order, 'The customer asked for the mail again', 'customer'));
  wake();
}

/** The same, because staff was asked for it. */
export async function sendAgainByStaff(order: Order, staff: User) {
  await tx(async () => {
    const kind = await queue(order, 'Mailed again by staff', staff.id);
    await AuditLog.record(staff, 'resend', order, null, { mail: kind });
  });
  wake();
}

async function queue({ id, purchaseId }: Order, message: string, actor: string) {
  const { purchase, orders } = await lockPurchase(purchaseId);
  const order = orders.find((one) => one.id === id)!;
  const mail = dueMail(order, purchase);
  if (!mail) throw new ShopError(409, 'errors.order.noMail');
  const { kind } = mail;
  if (await queueMailAgain(mail)) await order.note('mail', message, { kind }, actor);
  return kind;
}
