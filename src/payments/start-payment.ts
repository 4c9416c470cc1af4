import Stripe from 'stripe';
import { forUpdate, log, tx } from '../database.js';
import { ShopError, Unavailable } from '../errors.js';
import { Order, Purchase } from '../models/index.js';
import { expirePurchase } from './apply.js';
import { sessionParams } from './session-params.js';
import { stripe } from './stripe.js';
import { endSession } from './end-session.js';

/**
 * The address of Stripe's hosted page for an open purchase, asking for a session if there is none yet. Repeatable: what
 * is asked is stored first and sent again to the letter, under a key of our own. Throws Unavailable while Stripe cannot
 * be reached (nothing is charged; the same form may be sent again), or ShopError when Stripe refuses.
 */
export async function startPayment(purchase: Purchase): Promise<string> {
  if (purchase.checkoutUrl) return purchase.checkoutUrl;
  try {
    const params = purchase.sessionParams ?? (await storeParams(purchase));
    const idempotencyKey = `cs:${purchase.id}:${purchase.sessionAttempt}`;
    const session = await stripe.checkout.sessions.create(params, { idempotencyKey });
    if (await storeSession(purchase, session)) return session.url!;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    return refuse(purchase, error);
  }
  // Ended by another tab while Stripe was asked: nobody may pay it any more.
  await endSession(purchase.stripeSessionId!);
  throw new ShopError(422, 'errors.formExpired');
}

async function storeParams(purchase: Purchase) {
  const orders = await Order.findAll({ where: { purchaseId: purchase.id }, order: [['position', 'ASC']] });
  const params = sessionParams(purchase, orders, await stripeCustomer(purchase));
  await purchase.update({ sessionParams: params });
  return params;
}

/** A bank transfer is paid into a customer's balance, so it needs a customer. */
async function stripeCustomer(purchase: Purchase): Promise<string | null> {
  if (purchase.paymentMethod !== 'bank_transfer') return null;
  const { id } = await stripe.customers.create(
    { email: purchase.email, metadata: { purchase_id: purchase.id } },
    { idempotencyKey: `cu:${purchase.id}` },
  );
  await purchase.update({ stripeCustomerId: id });
  return id;
}

/** Returns whether the purchase may still be paid. */
async function storeSession(purchase: Purchase, session: Stripe.Checkout.Session): Promise<boolean> {
  return tx(async () => {
    const fresh = await Purchase.findByPk(purchase.id, { rejectOnEmpty: true, ...forUpdate });
    await fresh.update({ stripeSessionId: session.id, checkoutUrl: session.url });
    purchase.set({ stripeSessionId: session.id });
    const orders = await Order.findAll({ where: { purchaseId: purchase.id, paymentStatus: 'pending' } });
    for (const order of orders) await order.update({ paymentId: session.id });
    return fresh.state === 'open';
  });
}

/** No session reached a browser, so nobody can pay: a refusal ends the purchase, a failure leaves it to be tried again. */
async function refuse(purchase: Purchase, error: Stripe.errors.StripeError): Promise<never> {
  log.error(
    { purchase: purchase.id, type: error.type, code: error.code, status: error.statusCode },
    'no checkout session',
  );
  if (error instanceof Stripe.errors.StripeInvalidRequestError) {
    await expirePurchase(purchase.id, `Stripe refused the session: ${error.code ?? error.type}`);
    throw new ShopError(
      422,
      error.code === 'amount_too_small' ? 'errors.belowMinimum' : 'errors.paymentRefused',
    );
  }
  // Stripe answers the same to the same key, a 5xx too, so the next try gets a new one.
  if (
    error instanceof Stripe.errors.StripeAPIError ||
    error instanceof Stripe.errors.StripeIdempotencyError
  ) {
    await purchase.update({ sessionAttempt: purchase.sessionAttempt + 1 });
  }
  throw new Unavailable();
}
