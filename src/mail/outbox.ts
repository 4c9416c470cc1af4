import { newId } from '../lib/ids.js';
import { EmailLog, Purchase, type Order } from '../models/index.js';
import type { MailKind } from '../models/email-log.js';
import { settings } from '../settings.js';

type Cause = { order: Order } | { purchase: Purchase };

/**
 * Writes a mail into the outbox, inside the transaction of its cause: one per kind and cause, however often it is asked
 * for. `lib/wake` tells the worker after the commit.
 */
export async function queueMail(mail: { kind: MailKind } & Cause) {
  const cause = 'order' in mail ? mail.order : mail.purchase;
  const dedupeKey = `${mail.kind}:${cause.id}`;
  if ((await EmailLog.count({ where: { dedupeKey } })) > 0) return;
  const purchase =
    'order' in mail ? await Purchase.findByPk(mail.order.purchaseId, { rejectOnEmpty: true }) : mail.purchase;
  await EmailLog.create({
    kind: mail.kind,
    dedupeKey,
    // The same for every try, so that a mail that left twice can be recognised as one.
    messageId: `<${newId()}.${mail.kind}@${new URL(settings.publicUrl).hostname}>`,
    recipient: 'order' in mail ? mail.order.customerEmail : mail.purchase.email,
    language: purchase.language,
    ...('order' in mail ? { orderId: mail.order.id } : { purchaseId: mail.purchase.id }),
  });
}
