import { newId } from '../lib/ids.js';
import { AccountLink, EmailLog, User } from '../models/index.js';
import type { AccountMailKind, MailKind } from '../models/email-log.js';
import { settings } from '../settings.js';

/** Writes a mail about an account into the outbox, inside the transaction of its cause. The address may have no account. */
export async function queueAccountMail(
  kind: AccountMailKind,
  recipient: string,
  language: string,
  user?: User,
) {
  const id = newId();
  await EmailLog.create({
    id,
    orderId: null,
    purchaseId: null,
    userId: user?.id ?? null,
    kind,
    dedupeKey: `${kind}:${id}`,
    messageId: `<${id}.${kind}@${new URL(settings.publicUrl).hostname}>`,
    recipient,
    language,
  });
}

const FAREWELLS: MailKind[] = ['account_closed', 'account_erased'];

export interface AccountMail {
  /** The words of the mail: `mail.<words>.title` and so on. */
  words: string;
  path: string;
  language: string;
  address: string;
}

/**
 * What a mail says, decided when it leaves and not when it was asked for: so whoever asks learns nothing from the time
 * it took, and its link is valid from now. Null when the address has no account that it could be for.
 */
export async function accountMail({ kind, recipient, userId }: EmailLog): Promise<AccountMail | null> {
  const user = await User.findOne({ where: userId ? { id: userId } : { email: recipient, closedAt: null } });
  if (!user || (user.closedAt && !FAREWELLS.includes(kind))) return null;
  const say = (words: string, path: string) => ({
    words,
    path,
    language: user.language,
    address: masked(user.email),
  });
  switch (kind as AccountMailKind) {
    case 'registration':
      if (user.verified && !user.passwordHash)
        return say(
          'account_without_password',
          `/password-reset?token=${await AccountLink.issue(user.id, 'reset_password', recipient)}`,
        );
      if (user.verified) return say('account_exists', '/login');
      return say(
        'verify_email',
        `/verify-email?token=${await AccountLink.issue(user.id, 'verify_email', recipient)}`,
      );
    case 'password_reset':
      return say(
        'password_reset',
        `/password-reset?token=${await AccountLink.issue(user.id, 'reset_password', recipient)}`,
      );
    case 'staff_invitation':
      // Who has come in since, or moved, needs no way in by this mailbox.
      if (!user.isStaff() || user.passwordHash || user.email !== recipient) return null;
      return say(
        'staff_invitation',
        `/password-reset?token=${await AccountLink.issue(user.id, 'reset_password', recipient)}`,
      );
    case 'email_change':
      if (await User.count({ where: { email: recipient, verified: true } }))
        return say('account_exists', '/login');
      return say(
        'email_change',
        `/verify-email?token=${await AccountLink.issue(user.id, 'change_email', recipient)}`,
      );
    case 'email_changed':
      return say('email_changed', '/help');
    case 'password_changed':
      return say('password_changed', '/password-reset');
    case 'account_closed':
    case 'account_erased':
      return say(kind, '/');
  }
}

/** `a•••@example.com`: enough to recognise it. */
const masked = (email: string) => email.replace(/^(.)[^@]*/, '$1•••');
