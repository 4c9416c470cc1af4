import type Stripe from 'stripe';
import { stripe } from './stripe.js';

/** What an event is about, as far as it is kept: ids only. */
export interface Subject {
  id: string;
  payment_intent?: string | null;
  charge?: string | null;
  metadata?: Record<string, string> | null;
}

/** Disputes, refunds and warnings name the payment intent or at least the charge; a charge is its own subject. */
export async function intentOf({ id, payment_intent, charge }: Subject): Promise<string | null> {
  if (payment_intent) return payment_intent;
  const chargeId = charge ?? (id.startsWith('ch_') ? id : null);
  return chargeId ? nameOf((await stripe.charges.retrieve(chargeId)).payment_intent) : null;
}

const nameOf = (intent: string | Stripe.PaymentIntent | null) =>
  typeof intent === 'string' ? intent : (intent?.id ?? null);
