import { tx } from '../database.js';
import { RuleBroken } from '../errors.js';
import { Customer, Order, Purchase, type User } from '../models/index.js';

/** What was bought as a guest with the account's address becomes the account's; only once that address is proved. */
export async function attachGuestOrders(user: User) {
  if (!user.verified) throw new RuleBroken('errors.notProved');
  const guests = { canonicalEmail: user.email, userId: null };
  const purchases = await Purchase.findAll({ where: guests, attributes: ['id'] });
  if (purchases.length === 0) return;
  await tx(async () => {
    const ids = purchases.map(({ id }) => id);
    await Purchase.update({ userId: user.id }, { where: { id: ids, userId: null } });
    await Order.update({ userId: user.id }, { where: { purchaseId: ids, userId: null } });
    await Customer.update({ userId: user.id }, { where: { email: user.email } });
  });
}
