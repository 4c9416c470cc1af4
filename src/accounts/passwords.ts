import { forUpdate, tx } from '../database.js';
import { RuleBroken } from '../errors.js';
import { wake } from '../lib/wake.js';
import { queueAccountMail } from '../mail/account-mails.js';
import { AccountLink, User } from '../models/index.js';
import { canonicalEmail } from '../models/rules.js';
import { endSessions } from './end-sessions.js';
import { attachGuestOrders } from './guest-orders.js';
import { hashPassword } from './password.js';

/** Nobody is looked up here: whether the address has an account is found out when the mail is written. */
export async function askForReset(email: string, language: string) {
  await tx(() => queueAccountMail('password_reset', canonicalEmail(email), language));
  wake();
}

/** Whoever can read the mailbox owns the account, also one that was never confirmed. */
export function resetPassword(link: AccountLink, password: string): Promise<User> {
  return replacePassword(link.userId, password, async (user) => {
    await link.use();
    await user.update({ verified: true });
    await attachGuestOrders(user);
  });
}

/** `user` as it was when the old password was asked; throws when another change came between. */
export function changePassword(user: User, password: string): Promise<User> {
  return replacePassword(user.id, password, async (fresh) => {
    if (fresh.passwordHash !== user.passwordHash)
      throw new RuleBroken('errors.password.wrong', {}, 'old_password');
  });
}

/** Every session and every link ends with the old password. */
async function replacePassword(userId: string, password: string, check: (user: User) => Promise<void>) {
  const passwordHash = await hashPassword(password);
  const changed = await tx(async () => {
    const user = await User.findByPk(userId, { rejectOnEmpty: true, ...forUpdate });
    await check(user);
    await user.update({ passwordHash });
    await endSessions(user);
    await AccountLink.withdraw({ userId });
    await queueAccountMail('password_changed', user.email, user.language, user);
    return user;
  });
  wake();
  return changed;
}
