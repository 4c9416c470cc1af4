import { Op } from 'sequelize';
import { CartItem, Purchase, Wishlist } from '../models/index.js';
import { purchasesOf, within, type Person } from './person.js';

/** Empties the carts and wishlists of the browsers that somebody bought with as a guest. Inside the caller's transaction. */
export async function forgetGuests(person: Person) {
  const browsers = await Purchase.findAll({
    where: { id: within(purchasesOf(person)), guestKey: { [Op.ne]: null } },
    attributes: ['guestKey'],
    group: ['guestKey'],
  });
  for (const { guestKey } of browsers)
    for (const model of [CartItem, Wishlist])
      await (model as typeof CartItem).destroy({ where: { guestKey } });
}
