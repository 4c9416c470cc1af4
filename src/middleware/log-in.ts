import type { Request } from 'express';
import { attachGuestOrders } from '../accounts/guest-orders.js';
import { joinCarts } from '../cart/join-carts.js';
import { DAY, HOUR, MINUTE, clock } from '../lib/clock.js';
import { User } from '../models/index.js';
import { joinWishlists } from '../wishlist/join-wishlists.js';

const FOR_CUSTOMERS = { idleFor: 14 * DAY, atMost: 30 * DAY };
const CODE_WITHIN = 10 * MINUTE;
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
  for (const gone of ['halfLoggedIn', 'confirmedAt', 'newTwoStepSecret'] as const) delete req.session[gone];
  await renewSession(req, user);
}

/** passport gives the session of this account a new id, under which it goes on. */
export const renewSession = (req: Request, user: User) =>
  new Promise<void>((resolve, reject) => {
    req.logIn(user, { session: true, keepSessionInfo: true }, (error: unknown) =>
      error ? reject(error) : resolve(),
    );
  });

/** The password was right and the code is still to come: a new session, of nobody yet, with the cart of the old one. */
export async function logInHalf(req: Request, user: User) {
  const { guestKey, couponCode } = req.session;
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error: unknown) => (error ? reject(error) : resolve()));
  });
  const half = { id: user.id, epoch: user.sessionEpoch, until: clock.now() + CODE_WITHIN };
  Object.assign(req.session, { guestKey, couponCode, halfLoggedIn: half });
}

/** Who has given the password and not yet the code; null when nobody has, or it took too long. */
export async function whoIsHalfLoggedIn(req: Request): Promise<User | null> {
  const { id, epoch, until } = req.session.halfLoggedIn ?? {};
  if (!id || clock.now() >= until!) return null;
  return User.findOne({ where: { id, sessionEpoch: epoch, closedAt: null } });
}

/** Ends this browser's session, whoever it belongs to. */
export const endSession = (req: Request) =>
  new Promise<void>((resolve, reject) => {
    req.session.destroy((error: unknown) => (error ? reject(error) : resolve()));
  });
