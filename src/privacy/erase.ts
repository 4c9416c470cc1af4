import { emptyAccount } from '../accounts/close-account.js';
import { forUpdate, tx } from '../database.js';
import { ShopError } from '../errors.js';
import { wake } from '../lib/wake.js';
import { queueAccountMail } from '../mail/account-mails.js';
import { AccountLink, User } from '../models/index.js';
import { forgetGuests } from './forget-guests.js';
import { forgetLetters } from './forget-letters.js';
import { forgetPurchases } from './forget-purchases.js';
import { lockPurchases, otherEmailsOf, personOf } from './person.js';
import { StillMoving, whatMoves } from './still-moving.js';

/** Does nothing when the account was erased or closed before. Throws StillMoving, or ShopError 403 for staff. */
export async function eraseAccount({ id }: User) {
  await tx(async () => {
    const user = await User.findByPk(id, { rejectOnEmpty: true, ...forUpdate });
    if (!user.closedAt) await eraseCustomer(user.email);
  });
  wake();
}

/**
 * Takes the person with this address out of everything that the shop keeps, with the account if there is one; the books
 * stay. All or nothing, and a second time it finds nobody. Throws StillMoving while money, goods or mail are under way,
 * ShopError 403 for staff.
 */
export async function eraseCustomer(canonicalEmail: string) {
  await tx(async () => {
    const user = await User.findOne({ where: { email: canonicalEmail }, ...forUpdate });
    if (user?.isStaff()) throw new ShopError(403, 'errors.staffStays');
    const person = await personOf(canonicalEmail, user);
    await lockPurchases(person);
    const moving = await whatMoves(person);
    if (moving.length > 0) throw new StillMoving(moving);

    const otherEmails = await otherEmailsOf(person);
    await forgetLetters(person);
    await forgetGuests(person);
    await AccountLink.destroy({ where: { email: canonicalEmail } });
    if (user) {
      await emptyAccount(user);
      await queueAccountMail('account_erased', canonicalEmail, user.language, user);
    }
    await forgetPurchases(canonicalEmail);
    for (const email of otherEmails) await forgetPurchases(email, { userId: person.userId });
  });
  wake();
}
