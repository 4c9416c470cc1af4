import { Op, literal } from 'sequelize';
import { sequelize } from '../../database.js';
import { DAY, clock } from '../../lib/clock.js';
import { CartItem, Wishlist } from '../../models/index.js';
import { olderThan, removeBatch } from './batches.js';

/** Of guests who have left all of it alone for so many days. */
export const forgetCartsOfGuests = (days: number) => removeBatch(CartItem, leftAlone('cart_items', days));
export const forgetWishlistsOfGuests = (days: number) => removeBatch(Wishlist, leftAlone('wishlists', days));

const leftAlone = (table: string, days: number) => ({
  updated: olderThan(days),
  guestKey: { [Op.ne]: null, [Op.notIn]: literal(`(${lately(table, days)})`) },
});

const lately = (table: string, days: number) =>
  `SELECT guest_key FROM ${table} WHERE guest_key IS NOT NULL
   AND updated >= ${sequelize.escape(new Date(clock.now() - days * DAY))}`;
