import { HOUR, MINUTE, SECOND } from '../../lib/clock.js';
import type { Books } from './books.js';
import { isChargeable, isCurrency, minimumCharge, money } from './currencies.js';
import { nowSeconds } from './objects.js';
import { invalid, noSuch } from './refusal.js';
import type { SessionParams } from './session-params.js';

const SHORTEST = (30 * MINUTE) / SECOND;
export const LONGEST = (24 * HOUR) / SECOND;
const LARGEST_CHARGE = 99_999_999;
const BANK_CURRENCIES = ['eur', 'gbp', 'jpy', 'mxn', 'usd'];

/** Methods that the simulated dashboard has switched on. */
const DYNAMIC_METHODS = ['card', 'paypal'];
const ALL_METHODS = [...DYNAMIC_METHODS, 'customer_balance'];

/** What the shape of a form cannot say. */
export function checkSession(books: Books, params: SessionParams) {
  checkExpiry(params);
  checkCurrencies(params);
  checkTotal(params);
  checkCustomer(books, params);
  checkBankTransfer(params);
  if (offeredMethods(params).length === 0) {
    throw invalid('No valid payment method types for this Checkout Session.', {
      param: 'allowed_payment_method_types',
    });
  }
}

export function offeredMethods(params: SessionParams) {
  const wanted = params.allowed_payment_method_types ?? DYNAMIC_METHODS;
  const unwanted = params.excluded_payment_method_types ?? [];
  return ALL_METHODS.filter((method) => wanted.includes(method) && !unwanted.includes(method));
}

export const totalOf = ({ line_items }: SessionParams) =>
  line_items.reduce((sum, item) => sum + item.quantity * item.price_data.unit_amount, 0);

export const currencyOf = ({ line_items }: SessionParams) => line_items[0]!.price_data.currency;

function checkExpiry({ expires_at }: SessionParams) {
  if (expires_at === undefined) return;
  const param = 'expires_at';
  const ahead = expires_at - nowSeconds();
  if (ahead < SHORTEST) {
    throw invalid('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', {
      param,
    });
  }
  if (ahead > LONGEST) {
    throw invalid('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', {
      param,
    });
  }
}

function checkCurrencies(params: SessionParams) {
  const currency = currencyOf(params);
  for (const [index, item] of params.line_items.entries()) {
    const param = `line_items[${index}][price_data][currency]`;
    if (!isCurrency(item.price_data.currency)) {
      throw invalid(`Invalid currency: ${item.price_data.currency}.`, { param });
    }
    if (item.price_data.currency !== currency) {
      throw invalid('All line items must use the same currency.', { param });
    }
  }
}

function checkTotal(params: SessionParams) {
  const total = totalOf(params);
  const currency = currencyOf(params);
  const least = minimumCharge(currency);
  if (total > 0 && total < least) {
    const message = `The Checkout Session's total amount due must add up to at least ${money(least, currency)} ${currency}`;
    throw invalid(message, { code: 'amount_too_small' });
  }
  if (total > LARGEST_CHARGE) throw invalid('Amount is too large.', { code: 'amount_too_large' });
  if (!isChargeable(total, currency)) throw invalid(`Amounts in ${currency} must end in 0.`);
}

function checkCustomer(books: Books, { customer, customer_email }: SessionParams) {
  if (customer && customer_email) {
    throw invalid('You may only specify one of these parameters: customer, customer_email.');
  }
  if (customer && !books.customers.get(customer)) throw noSuch('customer', customer, 400);
}

function checkBankTransfer(params: SessionParams) {
  if (!offeredMethods(params).includes('customer_balance')) return;
  if (!params.customer) throw missing('customer');
  if (!params.payment_method_options.customer_balance) {
    throw missing('payment_method_options[customer_balance][funding_type]');
  }
  if (!BANK_CURRENCIES.includes(currencyOf(params))) {
    throw invalid(`customer_balance does not support ${currencyOf(params)}.`);
  }
}

const missing = (param: string) =>
  invalid(`${param} is required to accept customer_balance.`, { code: 'parameter_missing', param });
