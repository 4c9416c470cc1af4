import { hashPassword } from '../../src/accounts/password.js';
import { Order, Purchase, Review, type Product, type User } from '../../src/models/index.js';
import { keptOrders } from '../../src/reviews/who-may-review.js';
import { writeReview } from '../../src/reviews/write.js';
import { world } from '../support/environment.js';
import { aProduct, aUser } from '../support/factories.js';
import { aPhoto } from '../support/photos.js';
import { Visitor } from '../support/visitor.js';
import { work } from '../support/work.js';

const PASSWORD = 'a long enough password';

/** Who may come to a page. "Owner" has bought the order that is asked for, with an account; "buying guest" without. */
export const ROLES = [
  'guest',
  'other guest',
  'buying guest',
  'owner',
  'other user',
  'support',
  'admin',
  'revoked session',
] as const;
export type Role = (typeof ROLES)[number];

/** What there is to see: one order of the owner's and one of the buying guest's. */
export interface Scene {
  product: Product;
  orders: Record<'owner' | 'buying guest', Order>;
  users: Record<'owner' | 'other user' | 'support' | 'admin', User>;
  visitors: Record<Role, Visitor>;
  /** Of another plan, by the owner, with a photo, and shown to everybody. */
  review: Review;
  /** The Stripe session of the owner's purchase. */
  sessionId: string;
}

export async function setTheScene(): Promise<Scene> {
  const product = await aProduct({ stock: 100 });
  const passwordHash = await hashPassword(PASSWORD);
  const account = (role: User['role'] = 'customer') => aUser({ role, passwordHash });
  const users = {
    owner: await account(),
    'other user': await account(),
    support: await account('support'),
    admin: await account('admin'),
  };
  const visitors = Object.fromEntries(ROLES.map((role) => [role, new Visitor()])) as Scene['visitors'];
  for (const role of ['owner', 'other user', 'support', 'admin'] as const)
    await logIn(visitors[role], users[role]);
  await logOutElsewhere(visitors['revoked session'], users.owner);
  await visitors['other guest'].put(product);
  const orders = {
    owner: await bought(visitors.owner, product),
    'buying guest': await bought(visitors['buying guest'], product),
  };
  const { stripeSessionId } = await Purchase.findByPk(orders.owner.purchaseId, { rejectOnEmpty: true });
  const review = await reviewed(visitors.owner);
  return { product, orders, users, visitors, review, sessionId: stripeSessionId! };
}

const logIn = (visitor: Visitor, user: User) =>
  visitor.post('/login', { email: user.email, password: PASSWORD });

/** Keeps the cookie of a session that has been ended since. */
async function logOutElsewhere(visitor: Visitor, user: User) {
  await logIn(visitor, user);
  const cookie = visitor.cookie();
  await visitor.post('/logout', {});
  visitor.keep(cookie);
}

async function bought(visitor: Visitor, product: Product): Promise<Order> {
  await visitor.put(product);
  const session = await visitor.startPaying();
  world.stripe.pay(session);
  await work();
  return Order.findOne({ order: [['created', 'DESC']], rejectOnEmpty: true });
}

async function reviewed(visitor: Visitor): Promise<Review> {
  const { id } = await bought(visitor, await aProduct());
  const [order] = await keptOrders({ id });
  await writeReview(order!, { rating: 4, title: null, content: 'Works.' }, [await aPhoto()]);
  return (await Review.findOne({ where: { orderId: id }, rejectOnEmpty: true })).approve();
}
