import { log, tx } from '../database.js';
import { releaseCoupon, useCoupon } from '../coupons/redemption.js';
import { OutOfStock } from '../errors.js';
import { clock } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { queueMail } from '../mail/outbox.js';
import { CartItem, type Order, type Purchase } from '../models/index.js';
import type { Payment } from '../models/order.js';
import { lockPurchase } from './lock-purchase.js';
import { requestRefund } from './request-refund.js';

/**
 * What a purchase becomes when Stripe's side is known. Each function is one transaction and does nothing when it was
 * done before, so webhook, return page and sweeper may all call it at once.
 */

/** The money is there to stay: the orders go to fulfilment, and the cart that they came from is emptied. */
export async function payPurchase(purchaseId: string, payment: Payment) {
  const paid = await tx(async () => {
    const { purchase, orders } = await lockPurchase(purchaseId);
    if (purchase.state === 'paid' || purchase.goesBack()) return false;
    const late = purchase.state === 'expired';
    await purchase.update({
      state: 'paid',
      paidAt: clock.now(),
      paymentIntent: payment.paymentId,
      awaitingFundsSince: null,
    });
    for (const order of orders) {
      await order.markPaid(payment);
      if (late) await takeUpLate(order);
    }
    await useCoupon(purchase);
    await emptyCart(purchase, orders);
    return true;
  });
  if (paid) wake();
}

/** A session completed by a bank transfer that is still on its way: the stock stays held until it arrives or fails. */
export async function awaitFunds(purchaseId: string) {
  await tx(async () => {
    const { purchase, orders } = await lockPurchase(purchaseId);
    if (purchase.state !== 'open' || purchase.awaitingFundsSince !== null) return;
    await purchase.update({ awaitingFundsSince: clock.now() });
    for (const order of orders) await order.note('transfer', 'Awaiting the bank transfer', null, 'stripe');
    await queueMail({ kind: 'awaiting_transfer', purchase });
    await emptyCart(purchase, orders);
  });
  wake();
}

/** No money will come: stock and coupon go back. Call it only when Stripe says so, or when no session ever existed. */
export async function expirePurchase(purchaseId: string, reason: string) {
  const expired = await tx(async () => {
    const { purchase, orders } = await lockPurchase(purchaseId);
    // From review too: there it is called when the money has gone back.
    if (purchase.state !== 'open' && purchase.state !== 'review') return false;
    const waited = purchase.awaitingFundsSince !== null;
    await purchase.update({ state: 'expired' });
    // Coupon before products, in the order in which a checkout locks them.
    await releaseCoupon(purchase);
    for (const order of orders) await order.failPayment(reason);
    if (waited) await queueMail({ kind: 'payment_failed', purchase });
    return true;
  });
  if (expired) wake();
}

/** Something does not add up: nothing is delivered until a person has looked. */
export async function holdForReview(purchaseId: string, reason: string, paymentIntent: string | null) {
  await tx(async () => {
    const { purchase, orders } = await lockPurchase(purchaseId);
    if (purchase.state === 'paid' || purchase.state === 'review' || purchase.goesBack()) return;
    await purchase.update({ state: 'review', reviewReason: reason, paymentIntent });
    for (const order of orders) await order.note('review', reason, null, 'stripe');
  });
  log.error({ purchase: purchaseId, reason }, 'purchase held for review');
}

/** Money for an order whose unit went back to the shelf: taken again if there is one, else refunded. */
async function takeUpLate(order: Order) {
  if (order.stockState !== 'released') return;
  try {
    await order.takeStockAgain();
  } catch (error) {
    if (!(error instanceof OutOfStock)) throw error;
    await order.fail('Paid after the session had expired, and sold out since');
    await requestRefund(order, 'paid_too_late');
    await queueMail({ kind: 'order_failed', order });
  }
}

/** A guest's cart, an account's, or both when the guest has logged in meanwhile. */
async function emptyCart({ userId, guestKey }: Purchase, orders: Order[]) {
  const productId = orders.map((order) => order.productId);
  if (userId) await CartItem.destroy({ where: { userId, productId } });
  if (guestKey) await CartItem.destroy({ where: { guestKey, productId } });
}
