import { randomBytes } from 'node:crypto';
import { clock } from '../../lib/clock.js';

/** The parts of Stripe's objects that a shop reads, under Stripe's own names. */
export type Metadata = Record<string, string>;

export interface Customer {
  id: string;
  object: 'customer';
  created: number;
  livemode: false;
  email: string | null;
  name: string | null;
  metadata: Metadata;
}

export interface LineItem {
  id: string;
  object: 'item';
  description: string;
  quantity: number;
  currency: string;
  amount_subtotal: number;
  amount_total: number;
  price: { object: 'price'; currency: string; unit_amount: number };
}

export interface Session {
  id: string;
  object: 'checkout.session';
  mode: 'payment';
  ui_mode: 'hosted_page';
  status: 'open' | 'complete' | 'expired';
  payment_status: 'paid' | 'unpaid' | 'no_payment_required';
  payment_intent: string | null;
  payment_method_types: string[];
  amount_subtotal: number;
  amount_total: number;
  total_details: { amount_discount: number; amount_shipping: number; amount_tax: number };
  currency: string;
  client_reference_id: string | null;
  customer: string | null;
  customer_email: string | null;
  customer_details: { email: string | null; name: string | null } | null;
  metadata: Metadata;
  success_url: string;
  cancel_url: string | null;
  url: string | null;
  created: number;
  expires_at: number;
  livemode: false;
}

/** What a session was opened with and does not show by itself. */
export interface Basket {
  id: string;
  items: LineItem[];
  payment: { metadata: Metadata; description: string | null; receipt_email: string | null };
}

export interface PaymentIntent {
  id: string;
  object: 'payment_intent';
  status: 'requires_payment_method' | 'requires_action' | 'succeeded' | 'canceled';
  amount: number;
  amount_received: number;
  currency: string;
  customer: string | null;
  description: string | null;
  receipt_email: string | null;
  latest_charge: string | null;
  last_payment_error: { type: 'card_error' | 'api_error'; code: string; message: string } | null;
  payment_method_types: string[];
  metadata: Metadata;
  created: number;
  livemode: false;
}

export interface Charge {
  id: string;
  object: 'charge';
  status: 'succeeded';
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  refunded: boolean;
  disputed: boolean;
  paid: true;
  captured: true;
  currency: string;
  customer: string | null;
  description: string | null;
  billing_details: { email: string | null };
  payment_intent: string;
  payment_method_details: { type: string; card?: { last4: string } };
  receipt_email: string | null;
  receipt_url: string;
  metadata: Metadata;
  created: number;
  livemode: false;
}

export interface Refund {
  id: string;
  object: 'refund';
  status: 'pending' | 'succeeded' | 'failed';
  amount: number;
  currency: string;
  charge: string;
  payment_intent: string;
  reason: string | null;
  failure_reason?: string;
  metadata: Metadata;
  created: number;
}

export interface Dispute {
  id: string;
  object: 'dispute';
  status: 'needs_response' | 'won' | 'lost';
  reason: 'fraudulent';
  amount: number;
  currency: string;
  charge: string;
  payment_intent: string;
  created: number;
  livemode: false;
}

export const newId = (prefix: string) => `${prefix}_${randomBytes(12).toString('hex')}`;

/** Seconds, as Stripe counts time. */
export const nowSeconds = () => Math.floor(clock.now() / 1000);
