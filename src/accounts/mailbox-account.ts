import { forUpdate, isDuplicate, tx } from '../database.js';
import { RuleBroken } from '../errors.js';
import { AccountLink, User } from '../models/index.js';
import { endSessions } from './end-sessions.js';
import { attachGuestOrders } from './guest-orders.js';

/**
 * The account of whoever reads a mailbox, for something that came by a link in a mail to it: found, or made without a
 * password, and with everything that was bought as a guest with this address. `email` is canonical. Nobody is logged in
 * by it; the way in is a new password.
 */
export function accountOfMailbox(email: string, language: string): Promise<User> {
  return tx(async () => {
    const known = await User.findOne({ where: { email }, ...forUpdate });
    const user = known ?? (await User.create({ email, language, verified: true }));
    if (!user.verified) await takeOver(user);
    await attachGuestOrders(user);
    return user;
  });
}

/** Somebody registered with this address and never showed that it was theirs: name, password and sessions may be a stranger's. */
async function takeOver(user: User) {
  await endSessions(user);
  await AccountLink.withdraw({ userId: user.id });
  await user.update({ name: null, passwordHash: null, verified: true });
}

/** Somebody else made an account with this address at the same time: done again, it is found. */
export const wasMadeMeanwhile = (error: unknown) =>
  isDuplicate(error, 'users', 'email') || (error instanceof RuleBroken && error.key === 'errors.emailTaken');
