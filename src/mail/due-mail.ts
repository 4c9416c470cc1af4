import type { Order, Purchase } from '../models/index.js';
import type { Mail } from './outbox.js';

/** The mail that says where an order is now, or null while there is nothing to say. */
export function dueMail(order: Order, purchase: Purchase): Mail | null {
  if (order.status === 'completed') return order.holdReason ? null : { kind: 'esim_ready', order };
  if (order.status === 'failed') return { kind: 'order_failed', order };
  if (order.status === 'refunded') return { kind: 'refund_succeeded', order };
  if (purchase.awaitsFunds()) return { kind: 'awaiting_transfer', purchase };
  const transferFailed = purchase.state === 'expired' && purchase.awaitingFundsSince !== null;
  return transferFailed ? { kind: 'payment_failed', purchase } : null;
}
