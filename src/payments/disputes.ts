import { log } from '../database.js';
import { Order } from '../models/index.js';
import { purchasePaidBy } from './find-purchase.js';
import { liftHold } from './lift-hold.js';
import { intentOf, type Subject } from './subject.js';
import { stripe } from './stripe.js';

const OVER = ['won', 'lost', 'warning_closed', 'prevented'];

/** Stops the delivery of what is not yet bought, and marks every order of the payment. An earlier reason stays. */
export async function holdFor(subject: Subject, reason: 'dispute' | 'fraud_warning') {
  if (reason === 'dispute' && OVER.includes((await stripe.disputes.retrieve(subject.id)).status)) return;
  const orders = await ordersOf(subject);
  for (const order of orders) {
    if (!order.holdReason) await order.update({ holdReason: reason });
    await order.note('hold', `Stripe reports: ${reason}`, { id: subject.id }, 'stripe');
  }
  log.error({ reason, orders: orders.map((order) => order.publicId) }, 'orders held');
}

/** A dispute that we won, or that was withdrawn, lets the orders go on; a lost one keeps them held for a person. */
export async function closeDispute(subject: Subject) {
  const { status } = await stripe.disputes.retrieve(subject.id);
  for (const order of await ordersOf(subject)) {
    const message = `Dispute closed: ${status}`;
    if (status !== 'lost' && order.holdReason === 'dispute') await liftHold(order, message);
    else await order.note('hold', message, { id: subject.id }, 'stripe');
  }
}

export async function noteDispute(subject: Subject, type: string) {
  for (const order of await ordersOf(subject)) await order.note('hold', type, { id: subject.id }, 'stripe');
}

async function ordersOf(subject: Subject): Promise<Order[]> {
  const intent = await intentOf(subject);
  const purchase = intent && (await purchasePaidBy(intent));
  return purchase ? Order.findAll({ where: { purchaseId: purchase.id } }) : [];
}
