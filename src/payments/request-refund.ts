import { clock } from '../lib/clock.js';
import { Refund, type Order } from '../models/index.js';
import type { RefundReason } from '../models/refund.js';

/** Writes that an order's money must go back, once; the worker then asks Stripe. Inside the caller's transaction. */
export async function requestRefund(order: Order, reason: RefundReason) {
  if (order.amountMinor === 0) return;
  if ((await Refund.count({ where: { orderId: order.id } })) > 0) return;
  const { amountMinor, currency } = order;
  await Refund.create({ orderId: order.id, amountMinor, currency, reason, requestedAt: clock.now() });
  await order.note('refund', 'Refund requested', { reason });
}
