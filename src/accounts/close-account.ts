import { forUpdate, tx } from '../database.js';
import { ShopError } from '../errors.js';
import { wake } from '../lib/wake.js';
import { queueAccountMail } from '../mail/account-mails.js';
import { AccountLink, CartItem, Customer, User, Wishlist } from '../models/index.js';
import { endSessions } from './end-sessions.js';

/** The person leaves, the books stay: orders and reviews go on referring to a row that says nothing of anybody. */
export async function closeAccount({ id: userId }: User) {
  await tx(async () => {
    const user = await User.findByPk(userId, { rejectOnEmpty: true, ...forUpdate });
    if (user.isStaff()) throw new ShopError(403, 'errors.staffStays');
    await queueAccountMail('account_closed', user.email, user.language, user);
    await emptyAccount(user);
  });
  wake();
}

/** Closes an account whose row is locked, with all that is its person's alone. Inside the caller's transaction. */
export async function emptyAccount(user: User) {
  const userId = user.id;
  await endSessions(user);
  for (const model of [AccountLink, CartItem, Wishlist])
    await (model as typeof CartItem).destroy({ where: { userId } });
  await Customer.update({ userId: null }, { where: { userId } });
  await user.close();
}
