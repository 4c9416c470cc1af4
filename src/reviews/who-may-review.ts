import { NotFound, RuleBroken, ShopError } from '../errors.js';
import { Order, OrderLink, Product, Review, User } from '../models/index.js';
import { canonicalEmail } from '../models/rules.js';

/** The plan at this address, also one that is no longer sold: whoever bought it may say how it was. Throws NotFound. */
export const boughtPlan = (slug: string) =>
  Product.findOne({ where: { slug: slug.slice(0, 200) }, rejectOnEmpty: new NotFound() });

/** The account's newest order of the plan that may be reviewed. Throws with a sentence when there is none, or a review already. */
export async function orderToReview(user: User, plan: Product): Promise<Order> {
  const orders = await keptOrders({ userId: user.id, productId: plan.id });
  if (orders.length === 0) throw new ShopError(403, 'errors.review.notBought');
  if (await hasReviewed(user.id, plan.id)) throw new RuleBroken('errors.review.twice');
  return orders[0]!;
}

/** The order of the plan that a link in a mail opens. Throws NotFound, or RuleBroken when it has its review already. */
export async function orderOfLink(token: string, plan: Product): Promise<Order> {
  const orderId = await OrderLink.orderOf(token);
  const [order] = orderId ? await keptOrders({ id: orderId, productId: plan.id }) : [];
  if (!order) throw new NotFound('errors.review.linkOver');
  const buyer = await buyerOf(order);
  if (buyer?.closedAt) throw new NotFound('errors.review.linkOver');
  if (buyer && (await hasReviewed(buyer.id, plan.id))) throw new RuleBroken('errors.review.twice');
  return order;
}

/** Delivered, and neither given back nor on the way there; the newest first. */
export async function keptOrders(
  where: Partial<Record<'id' | 'userId' | 'productId' | 'purchaseId', string>>,
) {
  const orders = await Order.findAll({
    where: { ...where, status: 'completed' },
    include: ['refund', 'purchase', 'product'],
    order: [
      ['created', 'DESC'],
      ['position', 'DESC'],
    ],
    limit: 200,
  });
  return orders.filter(({ refund }) => !refund || refund.state === 'failed');
}

/** The account that bought it, or else the one of the mailbox that it was delivered to, if there is one. */
export async function buyerOf(order: Order): Promise<User | null> {
  if (order.userId) return User.findByPk(order.userId);
  return User.findOne({ where: { email: canonicalEmail(order.customerEmail) } });
}

export const hasReviewed = async (userId: string, productId: string) =>
  (await Review.count({ where: { userId, productId } })) > 0;

/** What an account bought and has not reviewed, each plan once, the last bought first. */
export async function plansToReview(user: User): Promise<Product[]> {
  const orders = await keptOrders({ userId: user.id });
  const reviewed = await Review.findAll({ where: { userId: user.id }, attributes: ['productId'] });
  const done = new Set(reviewed.map(({ productId }) => productId));
  const plans = new Map(orders.map(({ product }) => [product!.id, product!]));
  return [...plans.values()].filter(({ id }) => !done.has(id));
}

/**
 * Whether the buyer is still to be asked for a review of this order. Of several eSIMs of one plan bought together, one
 * asks for all.
 */
export async function awaitsReview(order: Order): Promise<boolean> {
  const { purchaseId, productId } = order;
  const kept = (await keptOrders({ purchaseId, productId })).filter(({ holdReason }) => !holdReason);
  if (kept.at(-1)?.id !== order.id) return false;
  const buyer = await buyerOf(order);
  return !buyer || (!buyer.closedAt && !(await hasReviewed(buyer.id, productId)));
}
