import type { Product } from '../../src/models/index.js';
import { Purchase } from '../../src/models/index.js';
import { settleSession } from '../../src/payments/settle.js';
import { startPayment } from '../../src/payments/start-payment.js';
import { world } from '../support/environment.js';
import { anOrder, aPurchase } from '../support/factories.js';

/** One of each plan, paid at Stripe and taken in by the shop, and nothing done about it yet. */
export async function paidFor(plans: Product[], card?: string): Promise<Purchase> {
  const total = plans.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
  const purchase = await aPurchase({ subtotalMinor: total, totalMinor: total });
  for (const [position, plan] of plans.entries()) await anOrder(plan, { purchaseId: purchase.id, position });
  await startPayment(purchase);
  world.stripe.webhooks = 'dropped';
  world.stripe.pay(purchase.stripeSessionId!, card);
  return settleSession(purchase.stripeSessionId!);
}
