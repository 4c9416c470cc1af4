import { MINUTE, clock } from '../lib/clock.js';
import type { Order, Purchase } from '../models/index.js';

export const PROGRESSES = [
  'awaiting_payment',
  'awaiting_transfer',
  'not_paid',
  'in_review',
  'issuing',
  'delayed',
  'ready',
  'kept',
  'returning',
  'refunding',
  'refund_needs_help',
  'refunded',
  'undeliverable',
] as const;
export type Progress = (typeof PROGRESSES)[number];

/** These still move by themselves: a page that shows one looks again. */
const MOVING: readonly Progress[] = ['awaiting_payment', 'issuing', 'delayed', 'refunding', 'returning'];

/** Longer than an ordinary issue takes; from here on the page says so. */
const DELAYED_AFTER = 2 * MINUTE;

/**
 * Where an order, loaded with its refund, is, in the words that its buyer sees (`order.progress.*` in the language
 * catalogue).
 */
export function progressOf(order: Order, purchase: Purchase): Progress {
  const { refund } = order;
  if (order.status === 'completed') return progressOfDelivered(order);
  if (order.status === 'refunded') return refund?.state === 'failed' ? 'refund_needs_help' : 'refunded';
  if (order.status === 'failed') return progressOfRefund(order);
  if (order.paymentStatus === 'failed') return 'not_paid';
  if (order.paymentStatus === 'pending') {
    if (purchase.state === 'review') return 'in_review';
    return purchase.awaitsFunds() ? 'awaiting_transfer' : 'awaiting_payment';
  }
  if (order.holdReason) return 'in_review';
  return clock.now() - (purchase.paidAt ?? clock.now()) > DELAYED_AFTER ? 'delayed' : 'issuing';
}

export const isMoving = (progress: Progress) => MOVING.includes(progress);

function progressOfDelivered(order: Order): Progress {
  if (order.refund && order.refund.state !== 'failed') return 'returning';
  if (order.codeShown()) return 'ready';
  return order.refund ? 'refund_needs_help' : 'kept';
}

function progressOfRefund({ amountMinor, refund }: Order): Progress {
  if (amountMinor === 0) return 'undeliverable';
  return refund?.state === 'failed' ? 'refund_needs_help' : 'refunding';
}
