import { forUpdate, tx } from '../database.js';
import { RuleBroken } from '../errors.js';
import { wake } from '../lib/wake.js';
import { queueAccountMail } from '../mail/account-mails.js';
import { AccountLink, User } from '../models/index.js';
import { attachGuestOrders } from './guest-orders.js';

export const CONFIRMING = ['verify_email', 'change_email'] as const;

/** The mailbox is the account's: it is logged in with from now on, and what was bought with it as a guest is the account's. */
export async function confirmAddress(link: AccountLink): Promise<User> {
  const user = await tx(async () => {
    await link.use();
    const owner = await User.findByPk(link.userId, { rejectOnEmpty: true, ...forUpdate });
    await (link.purpose === 'change_email' ? moveTo(link.email, owner) : owner.update({ verified: true }));
    await attachGuestOrders(owner);
    return owner;
  });
  wake();
  return user;
}

async function moveTo(email: string, user: User) {
  const other = await User.findOne({ where: { email } });
  if (other?.verified || other?.isStaff()) throw new RuleBroken('errors.emailTaken', {}, 'email');
  // Somebody registered with it and never showed that it was theirs.
  await other?.destroy();
  await queueAccountMail('email_changed', user.email, user.language, user);
  await user.update({ email });
  await AccountLink.withdraw({ userId: user.id });
}
