import { RuleBroken } from '../errors.js';
import { checkFrozen } from './books.js';
import { checkMove } from './moves.js';
import type { Order } from './order.js';

/** data-model, State Machine; the trigger `orders_move_forward` holds the same table. */
const STATUS = {
  pending: ['processing'],
  processing: ['completed', 'failed'],
  completed: ['refunded'],
  failed: ['refunded'],
  refunded: [],
} as const;

/** `failed` → `paid` is late money: it arrived after the session had expired. */
const PAYMENT = { pending: ['paid', 'failed'], paid: ['refunded'], failed: ['paid'], refunded: [] } as const;

const STOCK = { held: ['consumed', 'released'], released: ['held'], consumed: [] } as const;

export type OrderStatus = keyof typeof STATUS;
export type PaymentStatus = keyof typeof PAYMENT;
export type StockState = keyof typeof STOCK;

const FROZEN = [
  'publicId',
  'productId',
  'purchaseId',
  'terms',
  'priceMinor',
  'discountAmountMinor',
  'amountMinor',
  'currency',
] as const;

const DELIVERED = ['esimActivationCode', 'esimIccid'] as const;

export function checkMoves(order: Order) {
  checkMove('order', order, 'status', STATUS);
  checkMove('order', order, 'paymentStatus', PAYMENT);
  checkMove('order', order, 'stockState', STOCK);
  checkFrozen(order, FROZEN);
  if (order.previous('status') === 'completed') checkFrozen(order, DELIVERED);
  if (['processing', 'completed'].includes(order.status) && order.paymentStatus !== 'paid') {
    throw new RuleBroken('errors.order.unpaid');
  }
  if (order.status === 'completed' && !order.esimActivationCode) throw new RuleBroken('errors.order.noCode');
}
