import { Order, OrderLink, type EmailLog } from '../models/index.js';
import { awaitsReview } from '../reviews/who-may-review.js';
import { settings } from '../settings.js';

/**
 * What the mail says that asks a buyer how it was; null when there is nothing to ask any more: reviewed meanwhile, given
 * back, held, never shown, or asked by the mail for another eSIM of the same purchase and plan.
 */
export async function reviewInvitation({ orderId }: EmailLog) {
  const order = await Order.findByPk(orderId!, { include: 'product', rejectOnEmpty: true });
  if (!order.codeShown() || !(await awaitsReview(order))) return null;
  const token = await OrderLink.issue(order.id);
  return {
    name: order.terms.name,
    link: `${settings.publicUrl}/products/${order.product!.slug}/reviews/new?token=${token}`,
  };
}
