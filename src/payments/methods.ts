import type { Currency } from '../lib/money.js';
import type { PaymentMethod } from '../models/purchase.js';

/** Which ways to pay Stripe offers in a currency (Stripe docs: PayPal, Bank transfers, supported currencies). */
const OFFERED: Record<Currency, readonly PaymentMethod[]> = {
  USD: ['card', 'paypal', 'bank_transfer'],
  EUR: ['card', 'paypal', 'bank_transfer'],
  JPY: ['card', 'bank_transfer'],
  KRW: ['card'],
};

export const methodsFor = (currency: Currency) => OFFERED[currency];

/** Stripe's smallest charge in minor units (Stripe docs: Supported currencies, minimum amounts). */
const SMALLEST: Record<Currency, number> = { USD: 50, EUR: 50, JPY: 50, KRW: 50 };

/** Nothing to pay is fine, it needs no Stripe; an amount that Stripe refuses is not. */
export const payable = (totalMinor: number, currency: Currency) =>
  totalMinor === 0 || totalMinor >= SMALLEST[currency];
