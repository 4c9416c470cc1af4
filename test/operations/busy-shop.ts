import { AuditLog, Order, Purchase, Review, ReviewVote, User } from '../../src/models/index.js';
import { expirePurchase } from '../../src/payments/apply.js';
import { withdraw } from '../../src/withdrawal/withdraw.js';
import { world } from '../support/environment.js';
import { aCoupon, aProduct, aUser } from '../support/factories.js';
import { sql } from '../support/refusals.js';
import { buy, startBuying } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';
import { work } from '../support/work.js';

export type BusyShop = Awaited<ReturnType<typeof aBusyShop>>;

/** A shop in which an order stands at every place where orders can stand. */
export async function aBusyShop() {
  const plan = await aProduct({ priceMinor: 999 });
  const soldOut = await aProduct({ provider: 'MobiMatter', providerProductId: 'MM-JP-1-sold-out' });
  const coupon = await aCoupon();

  const startWithCoupon = async (email: string, quantity = 1) => {
    const buyer = new Visitor();
    await buyer.put(plan, quantity);
    await buyer.post('/cart/coupon', { code: coupon.code });
    return buyer.startPaying({ email });
  };

  const given = await purchaseOf(await startWithCoupon('erin@example.com'));
  await expirePurchase(given.id, 'The payment page expired');

  const session = await startWithCoupon('alice@example.com', 2);
  world.stripe.pay(session);
  await work();
  const [delivered, sister] = await ordersOf(session);

  const resale = await aProduct();
  const [returned] = await ordersOf((await buy(resale, { code_delivery: 'link' })).session);
  await withdraw(returned!.id, null);
  await work();
  const [resold] = await ordersOf((await buy(resale)).session);

  const [refunded] = await ordersOf((await buy(soldOut)).session);
  world.stripe.fault('refund-pending');
  const [failed] = await ordersOf((await buy(soldOut)).session);
  world.esimCard.fault({ fault: 'timeout-bought', times: 1 });
  const [unknown] = await ordersOf((await buy(await anEsimCardPlan())).session);
  world.airalo.fault({ fault: 'rate-limited', times: 1 });
  const [waiting] = await ordersOf((await buy(plan)).session);

  const [held] = await ordersOf(await startWithCoupon('carol@example.com'));
  const [open] = await ordersOf((await startBuying(plan)).session);
  await reviewOf(delivered!, await aUser());
  await AuditLog.create({ action: 'hide', entity: 'reviews', entityId: 'r' });
  return {
    plan,
    coupon,
    delivered: delivered!,
    sister: sister!,
    /** Given back unseen, and what it held sold to the next. */
    returned: returned!,
    resold: resold!,
    refunded: refunded!,
    failed: failed!,
    unknown: unknown!,
    waiting: waiting!,
    /** Of open purchases, the first with the coupon. */
    held: held!,
    open: open!,
  };
}

const purchaseOf = (session: string) =>
  Purchase.findOne({ where: { stripeSessionId: session }, rejectOnEmpty: true });

async function ordersOf(session: string) {
  const { id } = await purchaseOf(session);
  return Order.findAll({ where: { purchaseId: id }, order: [['position', 'ASC']] });
}

const anEsimCardPlan = () =>
  aProduct({ provider: 'eSIM Card', providerProductId: '00306b97-0b66-42f8-bed2-29def8a0a12d' });

async function reviewOf(order: Order, buyer: User) {
  await sql('UPDATE purchases SET "user" = ? WHERE id = ?', buyer.id, order.purchaseId);
  await sql('UPDATE orders SET "user" = ? WHERE purchase = ?', buyer.id, order.purchaseId);
  const review = await Review.create({
    orderId: order.id,
    userId: buyer.id,
    productId: order.productId,
    rating: 4,
    content: 'Worked at once',
  });
  await review.update({ isApproved: true });
  await ReviewVote.create({ reviewId: review.id, userId: (await aUser()).id });
}
