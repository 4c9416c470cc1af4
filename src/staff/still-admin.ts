import { forUpdate } from '../database.js';
import { ShopError } from '../errors.js';
import { User } from '../models/index.js';

/**
 * Locks all admins, each time in the same order, and makes sure that `staff` is one still: of two who take each other's
 * role at once, the second finds that it has none any more. Inside the caller's transaction. Throws ShopError 403.
 */
export async function stillAdmin(staff: User) {
  const admins = await User.findAll({
    where: { role: 'admin', closedAt: null },
    order: [['id', 'ASC']],
    ...forUpdate,
  });
  if (!admins.some(({ id }) => id === staff.id)) throw new ShopError(403, 'errors.adminsOnly');
}
