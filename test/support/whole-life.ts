import { answerRequest } from '../../src/help/contact.js';
import { ContactRequest, Order, Review, ReviewVote, User, type Product } from '../../src/models/index.js';
import { shopUrl, world } from './environment.js';
import { aCoupon, aProduct } from './factories.js';
import { PASSWORD, aLoggedInMember, aMember, logIn, tokenTo } from './members.js';
import { sql } from './refusals.js';
import { Visitor, type Page } from './visitor.js';
import { work } from './work.js';

/** What is written nowhere else, so that it can be looked for everywhere. */
export const CANARY = {
  email: 'zebedee@canary.example',
  formerEmail: 'zebedee.former@canary.example',
  otherEmail: 'zebedee.work@canary.example',
  name: 'Zebedee Canary',
  phone: '+821055501234',
  network: '203.0.113.77',
  browser: 'CanaryBrowser/7.7',
  campaign: 'canary-campaign',
  device: 'CanaryPhone 9',
  words: 'Canaries sing in Kyoto',
} as const;

/** At a browser that tells its make, from an address of its own. */
class CanaryVisitor extends Visitor {
  constructor() {
    super(shopUrl, CANARY.network);
  }

  override request(path: string, init: RequestInit = {}): Promise<Page> {
    const headers = new Headers(init.headers);
    headers.set('User-Agent', CANARY.browser);
    return super.request(path, { ...init, headers });
  }

  async buy(plan: Product, email: string, coupon?: string) {
    await this.put(plan);
    if (coupon) await this.post('/cart/coupon', { code: coupon });
    const session = await this.startPaying({ email, name: CANARY.name, phone: CANARY.phone });
    world.stripe.pay(session);
    await work();
  }

  async ask(email: string) {
    const form_key = String((await this.get('/help/contact')).$('input[name=form_key]').val());
    const { device, words: message, name: order_number } = CANARY;
    await this.post('/help/contact', { form_key, topic: 'other', email, device, message, order_number });
  }
}

/**
 * Zebedee buys as a guest, opens an account, moves it to another address, buys with coupons and with an address of his
 * work, is refunded, writes to us, reviews and votes: everything that a customer can leave behind.
 */
export async function aWholeLife() {
  const { email, formerEmail, otherEmail, name } = CANARY;
  const plan = await aProduct();
  const coupon = await aCoupon({ userUsageLimit: 5 });

  const guest = new CanaryVisitor();
  await guest.buy(plan, email, coupon.code);
  await guest.ask(email);
  await guest.put(await aProduct());
  await guest.post('/wishlist/items', { product_id: plan.id });

  const visitor = new CanaryVisitor();
  await visitor.post('/register', { email: formerEmail, name, password: PASSWORD });
  await visitor.post('/verify-email', { token: await tokenTo(formerEmail), password: PASSWORD });
  await visitor.post('/account/email', { email, password: PASSWORD });
  await visitor.post('/verify-email', { token: await tokenTo(email) });
  const user = await User.findOne({ where: { email }, rejectOnEmpty: true });

  await visitor.buy(plan, email.replace('zebedee', 'Zebedee'), coupon.code);
  await visitor.buy(plan, otherEmail, coupon.code);
  await visitor.buy(await aProduct({ provider: 'MobiMatter', providerProductId: 'MM-JP-1-sold-out' }), email);
  await visitor.put(plan);
  await visitor.post('/wishlist/items', { product_id: plan.id });
  await visitor.ask(otherEmail);
  await visitor.post('/password-reset', { email });
  await work();

  const staff = await aMember({ role: 'support' });
  for (const { id } of await ContactRequest.findAll({ where: { userId: user.id } }))
    await answerRequest(id, `Dear ${name}`, staff);
  await guest.post('/orders/lookup', { email });
  await giveBack(visitor, user);
  const review = await reviewBy(user, plan);
  // Nothing in the shop writes these yet.
  for (const table of ['purchases', 'orders'])
    await sql(`UPDATE ${table} SET utm_source = ?`, CANARY.campaign);
  await voteFor(plan, user);
  await work();
  return { user, visitor, guest, plan, review, coupon };
}

/** And says why. */
async function giveBack(visitor: Visitor, { id: userId }: User) {
  const order = await Order.findOne({ where: { userId, status: 'completed' }, rejectOnEmpty: true });
  await visitor.post(`/orders/${order.publicId}/withdrawal`, { reason: CANARY.words });
}

async function reviewBy({ id: userId }: User, { id: productId }: Product) {
  const order = await Order.findOne({
    where: { userId, productId, status: 'completed' },
    rejectOnEmpty: true,
  });
  const review = await Review.create({ orderId: order.id, userId, productId, rating: 5, content: 'Worked.' });
  await review.update({ isApproved: true });
  return review;
}

/** Somebody else has said how it was, and he agrees. */
async function voteFor(plan: Product, { id: userId }: User) {
  const { user: other, visitor } = await aLoggedInMember();
  await visitor.put(plan);
  world.stripe.pay(await visitor.startPaying({ email: other.email }));
  await work();
  const { id: reviewId } = await reviewBy(other, plan);
  await ReviewVote.create({ reviewId, userId });
}

export const logInAgain = async (user: User) => {
  const visitor = new CanaryVisitor();
  await logIn(visitor, user);
  return visitor;
};
