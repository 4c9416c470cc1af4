import { RuleBroken } from '../errors.js';
import { clock } from '../lib/clock.js';
import { checkFrozen } from './books.js';
import { checkMove } from './moves.js';
import type { Order } from './order.js';

/** data-model, State Machine; the trigger `orders_move_forward` holds the same table. */
export const STATUS = {
  pending: ['processing'],
  processing: ['completed', 'failed'],
  completed: ['refunded'],
  failed: ['refunded'],
  refunded: [],
} as const;

/** `failed` → `paid` is late money: it arrived after the session had expired. */
export const PAYMENT = {
  pending: ['paid', 'failed'],
  paid: ['refunded'],
  failed: ['paid'],
  refunded: [],
} as const;

/** `consumed` → `released` only with an eSIM that nobody has seen: order-rules.ts. */
export const STOCK = {
  held: ['consumed', 'released'],
  released: ['held'],
  consumed: ['released'],
} as const;

export type OrderStatus = keyof typeof STATUS;
export type PaymentStatus = keyof typeof PAYMENT;
export type StockState = keyof typeof STOCK;

export const SOLD = [
  'publicId',
  'productId',
  'purchaseId',
  'terms',
  'priceMinor',
  'discountAmountMinor',
  'amountMinor',
  'currency',
  'couponId',
  'codeDelivery',
  'returnDays',
] as const;

const DELIVERED = ['esimActivationCode', 'esimIccid'] as const;

export function checkMoves(order: Order) {
  checkMove('order', order, 'status', STATUS);
  checkMove('order', order, 'paymentStatus', PAYMENT);
  checkMove('order', order, 'stockState', STOCK);
  checkFrozen(order, SOLD);
  if (order.previous('status') === 'completed' && order.status === 'completed') checkFrozen(order, DELIVERED);
}

/** What a status says must be so, and what it settles by itself. */
export function checkStatus(order: Order) {
  const { status, paymentStatus, stockState, esimActivationCode, codeDelivery } = order;
  if ((status === 'refunded') !== (paymentStatus === 'refunded'))
    throw new RuleBroken('errors.order.halfRefunded');
  if (['processing', 'completed'].includes(status) && paymentStatus !== 'paid')
    throw new RuleBroken('errors.order.unpaid');
  if (status !== 'completed') return;
  if (!esimActivationCode) throw new RuleBroken('errors.order.noCode');
  if (stockState !== 'consumed') throw new RuleBroken('errors.order.unitNotUsed');
  order.completedAt ??= clock.date();
  // A code that goes out by mail counts as seen as soon as it is there.
  if (codeDelivery === 'mail') order.revealedAt ??= order.completedAt;
}
