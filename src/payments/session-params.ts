import type Stripe from 'stripe';
import { translator } from '../lib/i18n.js';
import type { Order, Purchase } from '../models/index.js';
import { settings } from '../settings.js';

type Params = Stripe.Checkout.SessionCreateParams;

/** Where the bank accounts lie that a transfer in this currency goes to. */
const TRANSFER = {
  USD: { type: 'us_bank_transfer' },
  EUR: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } },
  JPY: { type: 'jp_bank_transfer' },
} as const;

const STRIPE_NAME = { card: 'card', paypal: 'paypal', bank_transfer: 'customer_balance' } as const;

/**
 * What Stripe is asked for a purchase: one line item per order at its net price, so that the items add up to the total
 * and the refund of one order is its own amount. The metadata, on session and payment intent alike, is enough to find
 * the purchase from Stripe's side.
 */
export function sessionParams(purchase: Purchase, orders: Order[], stripeCustomerId: string | null): Params {
  const t = translator(purchase.language);
  const metadata = {
    purchase_id: purchase.id,
    order_ids: orders
      .map((order) => order.publicId)
      .join(',')
      .slice(0, 500),
  };
  const bankTransfer = purchase.paymentMethod === 'bank_transfer' && purchase.currency !== 'KRW';
  return {
    mode: 'payment',
    line_items: orders.map((order) => ({
      quantity: 1,
      price_data: {
        currency: order.currency.toLowerCase(),
        unit_amount: order.amountMinor,
        product_data: { name: order.terms.name, metadata: { order_id: order.publicId } },
      },
    })),
    allowed_payment_method_types: [STRIPE_NAME[purchase.paymentMethod]] as NonNullable<
      Params['allowed_payment_method_types']
    >,
    ...(bankTransfer
      ? {
          customer: stripeCustomerId!,
          payment_method_options: {
            customer_balance: {
              funding_type: 'bank_transfer' as const,
              bank_transfer: TRANSFER[purchase.currency as keyof typeof TRANSFER],
            },
          },
        }
      : { customer_email: purchase.email }),
    client_reference_id: purchase.id,
    metadata,
    payment_intent_data: { metadata, description: t('checkout.statement', { count: orders.length }) },
    expires_at: Math.floor(purchase.expiresAt / 1000),
    success_url: `${settings.publicUrl}/checkout/return?session_id={CHECKOUT_SESSION_ID}`,
    cancel_url: `${settings.publicUrl}/checkout`,
  };
}
