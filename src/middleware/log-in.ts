import type { Request } from 'express';
import { attachGuestOrders } from '../accounts/guest-orders.js';
import { joinCarts } from '../cart/join-carts.js';
import { DAY, HOUR, MINUTE, clock } from '../lib/clock.js';
import type { User } from '../models/index.js';
import { joinWishlists } from '../wishlist/join-wishlists.js';

const FOR_CUSTOMERS = { idleFor: 14 * DAY, atMost: 30 * DAY };
const FOR_STAFF = { idleFor: 30 * MINUTE, atMost: 12 * HOUR };

/** Begins a session for the account under a new id. Cart, coupon and wishlist come along. */
export async function logInAs(req: Request, user: User) {
  const { idleFor, atMost } = user.isStaff() ? FOR_STAFF : FOR_CUSTOMERS;
  const { guestKey } = req.session;
  if (guestKey) {
    await joinCarts(guestKey, user.id);
    await joinWishlists(guestKey, user.id);
  }
  await attachGuestOrders(user);
  const loggedInAt = clock.now();
  Object.assign(req.session, { loggedInAt, idleFor, endsAt: loggedInAt + atMost });
  // passport gives the session its new id.
  await new Promise<void>((resolve, reject) => {
    req.logIn(user, { session: true, keepSessionInfo: true }, (error: unknown) =>
      error ? reject(error) : resolve(),
    );
  });
}

/** Ends this browser's session, whoever it belongs to. */
export const endSession = (req: Request) =>
  new Promise<void>((resolve, reject) => {
    req.session.destroy((error: unknown) => (error ? reject(error) : resolve()));
  });
