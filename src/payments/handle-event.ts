import { Order, type WebhookEvent } from '../models/index.js';
import { closeDispute, holdFor, noteDispute } from './disputes.js';
import { purchasePaidBy } from './find-purchase.js';
import { intentOf, type Subject } from './subject.js';
import { settleSession, UnknownSession } from './settle.js';
import { stripe } from './stripe.js';
import { syncRefunds } from './sync-refunds.js';

type Handler = (subject: Subject, type: string) => Promise<unknown>;

/** What each of Stripe's events leads to. State is asked of Stripe anew, so order and repetition do not matter. */
const HANDLERS: Record<string, Handler> = {
  'checkout.session.completed': settle,
  'checkout.session.async_payment_succeeded': settle,
  'checkout.session.async_payment_failed': settle,
  'checkout.session.expired': settle,
  'payment_intent.payment_failed': ({ id }) => note(id, 'A payment was declined; the buyer may try again'),
  'payment_intent.partially_funded': ({ id }) => note(id, 'The bank transfer covers only part of the amount'),
  'charge.refunded': refunded,
  'refund.created': refunded,
  'refund.updated': refunded,
  'refund.failed': refunded,
  'charge.dispute.created': (subject) => holdFor(subject, 'dispute'),
  'charge.dispute.updated': noteDispute,
  'charge.dispute.closed': closeDispute,
  'charge.dispute.funds_withdrawn': noteDispute,
  'charge.dispute.funds_reinstated': noteDispute,
  'radar.early_fraud_warning.created': (subject) => holdFor(subject, 'fraud_warning'),
};

export async function handleEvent(event: WebhookEvent) {
  await HANDLERS[event.type]?.(event.payload as Subject, event.type);
}

/** A session that never named a purchase is another shop's on the same Stripe account. */
async function settle({ id, metadata }: Subject) {
  try {
    await settleSession(id);
  } catch (error) {
    if (!(error instanceof UnknownSession) || metadata?.purchase_id) throw error;
  }
}

async function refunded(subject: Subject) {
  const intent = await intentOf(subject);
  const purchase = intent && (await purchasePaidBy(intent));
  if (purchase) await syncRefunds(purchase);
}

async function note(intent: string, message: string) {
  const { metadata } = await stripe.paymentIntents.retrieve(intent);
  const orders = await Order.findAll({ where: { purchaseId: metadata.purchase_id ?? '' } });
  for (const order of orders) await order.note('payment', message, null, 'stripe');
}
