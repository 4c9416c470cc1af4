import nodemailer from 'nodemailer';
import { log, tx } from '../database.js';
import { backOff } from '../lib/back-off.js';
import { HOUR, MINUTE, SECOND, clock } from '../lib/clock.js';
import { claimDue } from '../models/claim.js';
import { EmailLog, Order } from '../models/index.js';
import { isNobody } from '../models/nobody.js';
import { settings } from '../settings.js';
import { compose } from './compose.js';
import { holdBack } from './held-back.js';
import { waitOf } from './outbox.js';

const LEASE = 10 * MINUTE;
const GIVE_UP_AFTER = 48 * HOUR;

const transport = nodemailer.createTransport({
  url: settings.mail.smtpUrl,
  pool: true,
  maxConnections: 2,
  connectionTimeout: 10 * SECOND,
  socketTimeout: 30 * SECOND,
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** Sends one mail of the outbox that is due; returns whether there was one. */
export async function sendNext(): Promise<boolean> {
  const mail = await claimDue(EmailLog, { status: 'queued' }, LEASE, (row) => ({
    attempts: row.attempts + 1,
  }));
  if (!mail) return false;
  if (isNobody(mail.recipient)) {
    // What still happens to the order of somebody who was erased is for a person to see, and for no mailbox.
    await mail.update({ status: 'failed', errorMessage: 'Nobody has this address any more', leaseUntil: 0 });
    return true;
  }
  try {
    const content = await compose(mail);
    if (!content) {
      await (mail.kind === 'esim_ready' ? holdBack(mail) : mail.destroy());
      return true;
    }
    await transport.sendMail({
      ...content,
      from: settings.mail.from,
      // One address as an object: never a header that could be read as several.
      to: { name: '', address: mail.recipient },
      messageId: mail.messageId,
    });
  } catch (error) {
    await postpone(mail, error);
    return true;
  }
  await markSent(mail);
  return true;
}

export const closeMail = () => transport.close();

async function markSent({ id }: EmailLog) {
  const sentAt = clock.date();
  await tx(async () => {
    const mail = await EmailLog.findByPk(id, { rejectOnEmpty: true });
    await mail.update({
      status: 'sent',
      sentAt,
      leaseUntil: 0,
      errorMessage: null,
      recipient: mail.recipientToKeep(),
    });
    const order = mail.orderId && (await Order.findByPk(mail.orderId));
    if (!order) return;
    if (mail.kind === 'esim_ready') await order.update({ emailSentAt: sentAt });
    await order.note('email', `Mail sent: ${mail.kind}`, { kind: mail.kind });
  });
}

/** Tries again for two days, each time a little later; only a refusal of this very recipient ends it at once. */
async function postpone(mail: EmailLog, error: unknown) {
  const { responseCode, command, message } = error as {
    responseCode?: number;
    command?: string;
    message: string;
  };
  const refused =
    command === 'RCPT TO' && responseCode !== undefined && responseCode >= 550 && responseCode <= 553;
  const leaves = mail.created.getTime() + waitOf(mail.kind);
  const hopeless = refused || clock.now() - leaves > GIVE_UP_AFTER;
  const delay = backOff(mail.attempts, 5 * SECOND);
  await mail.update({
    status: hopeless ? 'failed' : 'queued',
    recipient: hopeless ? mail.recipientToKeep() : mail.recipient,
    // What a mail server says back often names the address.
    errorMessage: `${responseCode ?? ''} ${message}`
      .replaceAll(mail.recipient, 'the recipient')
      .trim()
      .slice(0, 500),
    leaseUntil: 0,
    dueAt: clock.now() + delay,
  });
  log[hopeless ? 'error' : 'warn']({ mail: mail.id, code: responseCode }, 'mail not sent');
}
