import { Op } from 'sequelize';
import { DAY, MINUTE, clock } from '../lib/clock.js';
import { newId } from '../lib/ids.js';
import { EmailLog, Purchase, type ContactRequest, type Order } from '../models/index.js';
import type { MailKind } from '../models/email-log.js';
import { settings } from '../settings.js';

/** What does not leave at once. */
const LEAVES_AFTER: Partial<Record<MailKind, number>> = {
  review_invitation: 7 * DAY,
  review_rejected: 10 * MINUTE,
};

export const waitOf = (kind: MailKind) => LEAVES_AFTER[kind] ?? 0;

type Cause = { order: Order } | { purchase: Purchase } | { request: ContactRequest };
export type Mail = { kind: MailKind } & Cause;

/** In the key of a mail that was asked for again. */
const AGAIN = ':again:';

/**
 * Writes a mail into the outbox, inside the transaction of its cause: one per kind and cause, however often it is asked
 * for. `lib/wake` tells the worker after the commit.
 */
export async function queueMail(mail: Mail) {
  const dedupeKey = keyOf(mail);
  if ((await EmailLog.count({ where: { dedupeKey } })) > 0) return;
  await write(mail, dedupeKey);
}

/**
 * Writes the mail once more, as its reader asks for it; returns whether it did: not while one is on its way. The caller
 * has locked the cause, or two at once would be two.
 */
export async function queueMailAgain(mail: Mail): Promise<boolean> {
  const first = keyOf(mail);
  const sameMail = { dedupeKey: { [Op.or]: [first, { [Op.startsWith]: `${first}${AGAIN}` }] } };
  const so = await EmailLog.findAll({ where: sameMail, attributes: ['status'] });
  if (so.some(({ status }) => status === 'queued')) return false;
  await write(mail, `${first}${AGAIN}${so.length}`);
  return true;
}

const keyOf = (mail: Mail) => `${mail.kind}:${causeOf(mail).id}`;

async function write(mail: Mail, dedupeKey: string) {
  await EmailLog.create({
    kind: mail.kind,
    dedupeKey,
    // The same for every try, so that a mail that left twice can be recognised as one.
    messageId: `<${newId()}.${mail.kind}@${new URL(settings.publicUrl).hostname}>`,
    ...(await addressOf(mail)),
    dueAt: clock.now() + waitOf(mail.kind),
  });
}

function causeOf(mail: Cause) {
  if ('request' in mail) return mail.request;
  return 'purchase' in mail ? mail.purchase : mail.order;
}

/** What the mail is about, whom it goes to, and in which language. */
async function addressOf(mail: Cause) {
  if ('request' in mail) {
    const { id, email, language } = mail.request;
    return { contactRequestId: id, recipient: email, language };
  }
  if ('purchase' in mail) {
    const { id, email, language } = mail.purchase;
    return { purchaseId: id, recipient: email, language };
  }
  const { id, customerEmail, purchaseId } = mail.order;
  const { language } = await Purchase.findByPk(purchaseId, { rejectOnEmpty: true });
  return { orderId: id, recipient: customerEmail, language };
}
