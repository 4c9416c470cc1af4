import { DAY, clock } from '../lib/clock.js';
import { newId } from '../lib/ids.js';
import { EmailLog, Purchase, type ContactRequest, type Order } from '../models/index.js';
import type { MailKind } from '../models/email-log.js';
import { settings } from '../settings.js';

/** What does not leave at once. */
const LEAVES_AFTER: Partial<Record<MailKind, number>> = { review_invitation: 7 * DAY };

export const waitOf = (kind: MailKind) => LEAVES_AFTER[kind] ?? 0;

type Cause = { order: Order } | { purchase: Purchase } | { request: ContactRequest };

/**
 * Writes a mail into the outbox, inside the transaction of its cause: one per kind and cause, however often it is asked
 * for. `lib/wake` tells the worker after the commit.
 */
export async function queueMail(mail: { kind: MailKind } & Cause) {
  const { cause, ...addressed } = await addressOf(mail);
  const dedupeKey = `${mail.kind}:${cause.id}`;
  if ((await EmailLog.count({ where: { dedupeKey } })) > 0) return;
  await EmailLog.create({
    kind: mail.kind,
    dedupeKey,
    // The same for every try, so that a mail that left twice can be recognised as one.
    messageId: `<${newId()}.${mail.kind}@${new URL(settings.publicUrl).hostname}>`,
    dueAt: clock.now() + waitOf(mail.kind),
    ...addressed,
  });
}

/** What the mail is about, whom it goes to, and in which language. */
async function addressOf(mail: Cause) {
  if ('request' in mail) {
    const { id, email, language } = mail.request;
    return { cause: mail.request, contactRequestId: id, recipient: email, language };
  }
  if ('purchase' in mail) {
    const { id, email, language } = mail.purchase;
    return { cause: mail.purchase, purchaseId: id, recipient: email, language };
  }
  const { id, customerEmail, purchaseId } = mail.order;
  const { language } = await Purchase.findByPk(purchaseId, { rejectOnEmpty: true });
  return { cause: mail.order, orderId: id, recipient: customerEmail, language };
}
