import { Op } from 'sequelize';
import type { Cart } from '../cart/cart.js';
import { log } from '../database.js';
import { Purchase } from '../models/index.js';
import { expirePurchase } from '../payments/apply.js';
import { settleSession } from '../payments/settle.js';
import { endSession } from '../payments/end-session.js';

/**
 * Ends what this cart tried to buy before and did not pay, so that a buyer who goes back and starts anew does not find
 * the last unit held by himself. Returns a purchase that turns out to be paid, else null.
 */
export async function endEarlierPurchases(cart: Cart, formKey: string): Promise<Purchase | null> {
  if (!cart.owner) return null;
  const earlier = await Purchase.findAll({
    where: { ...cart.owner, state: 'open', awaitingFundsSince: null, formKey: { [Op.ne]: formKey } },
  });
  for (const purchase of earlier) {
    const ended = await end(purchase);
    if (ended.state === 'paid' || ended.awaitsFunds()) return ended;
  }
  return null;
}

async function end(purchase: Purchase): Promise<Purchase> {
  try {
    if (purchase.stripeSessionId) {
      await endSession(purchase.stripeSessionId);
      return await settleSession(purchase.stripeSessionId);
    }
    // A session may be on its way to us at this very moment: then only the sweeper may end it.
    if (!purchase.sessionParams)
      await expirePurchase(purchase.id, 'Replaced by a new checkout before the payment was started');
  } catch (error) {
    // Its stock simply stays held until the sweeper reaches Stripe.
    log.warn({ err: error, purchase: purchase.id }, 'earlier purchase could not be ended');
  }
  return purchase.reload();
}
