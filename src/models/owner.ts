import type { Model, ModelStatic } from 'sequelize';
import { RuleBroken } from '../errors.js';

interface Owned {
  userId: string | null;
  guestKey: string | null;
}

/** A cart or a wishlist is an account's, or a guest's under the key that the guest's session holds; never both's. */
export function haveOneOwner<M extends Model & Owned>(model: ModelStatic<M>) {
  model.beforeSave('belong to a guest or to an account', ({ userId, guestKey }) => {
    if (Boolean(userId) === Boolean(guestKey)) throw new RuleBroken('errors.owner');
  });
}
