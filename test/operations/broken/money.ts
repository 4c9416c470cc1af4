import { HOUR, clock } from '../../../src/lib/clock.js';
import {
  log,
  attempt,
  mail,
  refund,
  order,
  purchase,
  attemptOf,
  refundOf,
  buyerOf,
  recounted,
  type Broken,
} from './rows.js';

export const money: Broken = ({ delivered, sister, refunded, failed, waiting, held, open }) => ({
  'a purchase is worth what its orders are worth, in one currency': [
    [purchase(open, 'subtotal_minor = subtotal_minor + 1, total_minor = total_minor + 1')],
    [order(open, 'price_minor = price_minor + 1, amount_minor = amount_minor + 1')],
    [order(open, `currency = 'EUR'`)],
  ],
  'eSIMs of one plan that were bought together share their discount to the unit': [
    [
      order(delivered, 'discount_amount_minor = discount_amount_minor + 1, amount_minor = amount_minor - 1'),
      order(sister, 'discount_amount_minor = discount_amount_minor - 1, amount_minor = amount_minor + 1'),
    ],
  ],
  'nothing is discounted without a coupon': [
    [
      purchase(open, 'discount_minor = 1, total_minor = total_minor - 1'),
      order(open, 'discount_amount_minor = 1, amount_minor = amount_minor - 1'),
    ],
  ],
  'an order has the buyer, the address, the way to pay and the coupon of its purchase': [
    [order(open, `customer_email = 'mallory@example.com'`)],
    [order(open, `"user" = ${buyerOf(delivered)}`)],
    [order(held, 'coupon_id = NULL')],
  ],
  'the orders of a purchase are paid, awaited or given up as it is': [
    [purchase(open, `state = 'expired'`)],
    [
      order(open, `payment_status = 'paid'`),
      log(open, { step: 'payment', status_from: 'pending', status_to: 'paid' }),
      recounted,
    ],
  ],
  'a paid purchase names its payment, a free one itself, and an open one none yet': [
    [purchase(open, `payment_intent = 'pi_1'`)],
    [purchase(delivered, 'payment_intent = NULL')],
    [
      `UPDATE purchases SET payment_intent = 'free:' || id WHERE id = '${delivered.purchaseId}'`,
      `UPDATE orders SET payment_id = 'free:' || purchase WHERE purchase = '${delivered.purchaseId}'`,
    ],
  ],
  'an order names the payment of its purchase': [
    [order(delivered, `payment_id = 'pi_other'`)],
    [order(open, `payment_id = 'pi_other'`)],
  ],
  'nothing is bought for an order that is not paid, and nothing refunded': [
    attempt(open, 1),
    refund(open, { reason: 'customer_request' }),
  ],
  'an order is refunded once, with what was paid for it': [
    [refundOf(failed, 'amount_minor = amount_minor - 1')],
    [refundOf(failed, `currency = 'EUR'`)],
    refund(failed),
  ],
  'an order is refunded exactly when its refund went through': [
    [refundOf(refunded, `state = 'requested'`)],
    [refundOf(failed, `state = 'succeeded'`)],
    [`DELETE FROM refunds WHERE "order" = '${refunded.id}'`],
  ],
  'a failed order that was paid with money has a refund': [
    [`DELETE FROM refunds WHERE "order" = '${failed.id}'`],
  ],
  'a refund by ourselves is for an order that failed': [refund(waiting)],
  'a refund by ourselves never meets an eSIM that was or may have been bought': [
    [attemptOf(failed, `state = 'unknown'`)],
    [
      attemptOf(failed, `state = 'succeeded'`),
      order(failed, `stock_state = 'consumed', status = 'refunded', payment_status = 'refunded'`),
      log(failed, { step: 'status', status_from: 'failed', status_to: 'refunded' }),
      log(failed, { step: 'payment', status_from: 'paid', status_to: 'refunded' }),
      refundOf(failed, `state = 'succeeded'`),
      recounted,
      mail({ order: failed.id, kind: 'refund_succeeded' }),
    ],
  ],
  'nothing is bought once the money is on its way back': [
    [attemptOf(failed, `sent_at = ${clock.now() + HOUR}`)],
  ],
});
