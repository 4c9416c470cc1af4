import { Purchase } from '../models/index.js';
import { settleSession } from './settle.js';
import { stripe } from './stripe.js';

/**
 * The purchase that a payment intent paid, or null when it is none of ours. An event can overtake the payment itself:
 * then the payment is settled first. Throws when it cannot be settled yet, so that the event is kept and tried again.
 */
export async function purchasePaidBy(intent: string): Promise<Purchase | null> {
  const known = await Purchase.findOne({ where: { paymentIntent: intent } });
  if (known) return known;
  const { metadata } = await stripe.paymentIntents.retrieve(intent);
  const purchase = metadata.purchase_id ? await Purchase.findByPk(metadata.purchase_id) : null;
  if (!purchase?.stripeSessionId) return null;
  const settled = await settleSession(purchase.stripeSessionId);
  if (settled.paymentIntent !== intent)
    throw new Error(`The payment of purchase ${purchase.id} is not settled yet`);
  return settled;
}
