import type Stripe from 'stripe';
import { log, tx } from '../database.js';
import { clock } from '../lib/clock.js';
import { Order, Purchase, Refund } from '../models/index.js';
import { applyRefund } from './refund.js';
import { stripe } from './stripe.js';

/**
 * Takes over the whole list of a payment's refunds, ours and those made in Stripe's dashboard. Ours name their order;
 * a foreign one is matched to the payment's only order when it returns all of it, else the orders wait for a person.
 */
export async function syncRefunds(paymentIntent: string) {
  const purchase = await Purchase.findOne({ where: { paymentIntent }, include: 'orders' });
  if (!purchase) return;
  const { data } = await stripe.refunds.list({ payment_intent: paymentIntent, limit: 100 });
  for (const answer of data) {
    const refund = (await rowOf(answer, purchase.orders!)) ?? (await adopt(answer, purchase.orders!));
    if (refund) await applyRefund(refund, answer);
    else await holdAll(purchase.orders!, answer);
  }
}

async function rowOf(answer: Stripe.Refund, orders: Order[]): Promise<Refund | null> {
  const known = await Refund.findOne({ where: { stripeRefundId: answer.id } });
  if (known) return known;
  const order = orders.find(({ publicId }) => publicId === answer.metadata?.order_id);
  return order ? Refund.findOne({ where: { orderId: order.id, stripeRefundId: null } }) : null;
}

/** A refund made elsewhere that returns exactly what one order was paid with. */
async function adopt(answer: Stripe.Refund, orders: Order[]): Promise<Refund | null> {
  const named = orders.find(({ publicId }) => publicId === answer.metadata?.order_id);
  const order = named ?? (orders.length === 1 ? orders[0]! : null);
  if (!order || order.amountMinor !== answer.amount) return null;
  return tx(async () => {
    if ((await Refund.count({ where: { orderId: order.id } })) > 0) return null;
    await order.note('refund', 'Refunded in the Stripe dashboard', { stripe_refund: answer.id }, 'stripe');
    const { id, amountMinor, currency } = order;
    return Refund.create({
      orderId: id,
      amountMinor,
      currency,
      reason: 'dashboard',
      state: 'pending',
      requestedAt: clock.now(),
    });
  });
}

async function holdAll(orders: Order[], answer: Stripe.Refund) {
  log.error({ refund: answer.id, amount: answer.amount }, 'a refund made elsewhere fits no order');
  for (const order of orders) {
    if (order.holdReason) continue;
    await order.update({ holdReason: 'foreign_refund' });
    await order.note(
      'hold',
      'A refund made elsewhere does not match one order',
      { stripe_refund: answer.id },
      'stripe',
    );
  }
}
