import type Stripe from 'stripe';
import { log } from '../database.js';
import { Order, Purchase, type WebhookEvent } from '../models/index.js';
import { settleSession } from './settle.js';
import { stripe } from './stripe.js';
import { syncRefunds } from './sync-refunds.js';

interface Subject {
  id: string;
  payment_intent?: string | null;
  charge?: string | null;
}

type Handler = (subject: Subject, type: string) => Promise<unknown>;

const settle: Handler = ({ id }) => settleSession(id);

/** What each of Stripe's events leads to. State is asked of Stripe anew, so order and repetition do not matter. */
const HANDLERS: Record<string, Handler> = {
  'checkout.session.completed': settle,
  'checkout.session.async_payment_succeeded': settle,
  'checkout.session.async_payment_failed': settle,
  'checkout.session.expired': settle,
  'payment_intent.payment_failed': ({ id }) => note(id, 'A payment was declined; the buyer may try again'),
  'payment_intent.partially_funded': ({ id }) => note(id, 'The bank transfer covers only part of the amount'),
  'charge.refunded': syncRefundsOf,
  'refund.created': syncRefundsOf,
  'refund.updated': syncRefundsOf,
  'refund.failed': syncRefundsOf,
  'charge.dispute.created': (subject) => hold(subject, 'dispute'),
  'charge.dispute.updated': (subject, type) => noteDispute(subject, type),
  'charge.dispute.closed': closeDispute,
  'charge.dispute.funds_withdrawn': (subject, type) => noteDispute(subject, type),
  'charge.dispute.funds_reinstated': (subject, type) => noteDispute(subject, type),
  'radar.early_fraud_warning.created': (subject) => hold(subject, 'fraud_warning'),
};

export async function handleEvent(event: WebhookEvent) {
  await HANDLERS[event.type]?.(event.payload as Subject, event.type);
}

async function syncRefundsOf(subject: Subject) {
  const intent = await intentOf(subject);
  if (intent) await syncRefunds(intent);
}

/** Stops the fulfilment of what is not yet bought, and marks every order of the payment. */
async function hold(subject: Subject, reason: 'dispute' | 'fraud_warning') {
  const orders = await ordersPaidBy(await intentOf(subject));
  for (const order of orders) {
    if (order.holdReason !== reason) await order.update({ holdReason: reason });
    await order.note('hold', `Stripe reports: ${reason}`, { id: subject.id }, 'stripe');
  }
  log.error({ reason, orders: orders.map((order) => order.publicId) }, 'orders held');
}

/** A dispute that we won, or that was withdrawn, lets the orders go on; a lost one keeps them held for a person. */
async function closeDispute(subject: Subject) {
  const { status } = await stripe.disputes.retrieve(subject.id);
  for (const order of await ordersPaidBy(await intentOf(subject))) {
    if (status !== 'lost' && order.holdReason === 'dispute') await order.update({ holdReason: null });
    await order.note('hold', `Dispute closed: ${status}`, { id: subject.id }, 'stripe');
  }
}

async function noteDispute(subject: Subject, type: string) {
  for (const order of await ordersPaidBy(await intentOf(subject))) {
    await order.note('hold', type, { id: subject.id }, 'stripe');
  }
}

async function note(intent: string, message: string) {
  const { metadata } = await stripe.paymentIntents.retrieve(intent);
  const orders = await Order.findAll({ where: { purchaseId: metadata.purchase_id ?? '' } });
  for (const order of orders) await order.note('payment', message, null, 'stripe');
}

/** Disputes, refunds and warnings name the payment intent or at least the charge; an intent names itself. */
async function intentOf({ id, payment_intent, charge }: Subject): Promise<string | null> {
  if (payment_intent) return payment_intent;
  const chargeId = charge ?? (id.startsWith('ch_') ? id : null);
  return chargeId ? nameOf((await stripe.charges.retrieve(chargeId)).payment_intent) : null;
}

const nameOf = (intent: string | Stripe.PaymentIntent | null) =>
  typeof intent === 'string' ? intent : (intent?.id ?? null);

async function ordersPaidBy(intent: string | null): Promise<Order[]> {
  const purchase =
    intent && (await Purchase.findOne({ where: { paymentIntent: intent }, include: 'orders' }));
  return purchase ? purchase.orders! : [];
}
