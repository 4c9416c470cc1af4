import { DAY, SECOND } from '../../lib/clock.js';
import { newId, nowSeconds, type LineItem, type Session } from './objects.js';
import { invalid, noSuch } from './refusal.js';
import { sessionParams, type SessionParams } from './session-params.js';
import { checkSession, currencyOf, offeredMethods, totalOf } from './session-rules.js';
import type { Till } from './till.js';

export function openSession(till: Till, form: Record<string, unknown>): Session {
  refuseOldMethodList(form);
  const params = sessionParams(form);
  checkSession(till.books, params);
  const session = newSession(till, params);
  till.books.baskets.put({ id: session.id, items: itemsOf(params), payment: paymentOf(params) });
  return till.books.sessions.put(session);
}

/** Expires on the spot what nobody has looked at since its time ran out. */
export function findSession(till: Till, id: string): Session {
  const session = till.books.sessions.get(id);
  if (!session) throw noSuch('checkout.session', id);
  return isOverdue(session) ? close(till, session) : session;
}

export function expireSession(till: Till, id: string): Session {
  const session = findSession(till, id);
  if (session.status !== 'open') {
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    );
  }
  return close(till, session);
}

export function expireOverdueSessions(till: Till) {
  for (const session of till.books.sessions.all()) {
    if (isOverdue(session)) close(till, session);
  }
}

/** The hosted page asks for an address that the shop did not give. */
export function nameCustomer(till: Till, session: Session, email: string) {
  if (session.customer_details?.email) return;
  till.books.sessions.put({ ...session, customer_details: { email, name: null } });
}

export const shopUrl = ({ success_url, id }: Session) => success_url.replaceAll('{CHECKOUT_SESSION_ID}', id);

const isOverdue = (session: Session) => session.status === 'open' && session.expires_at <= nowSeconds();

function close(till: Till, session: Session) {
  const expired = till.books.sessions.put({ ...session, status: 'expired', url: null });
  till.webhooks.announce('checkout.session.expired', expired);
  return expired;
}

function refuseOldMethodList(form: Record<string, unknown>) {
  if (!('payment_method_types' in form)) return;
  throw invalid(
    '`payment_method_types` is no longer supported. Use `allowed_payment_method_types` or dynamic payment methods.',
    { code: 'payment_method_types_no_longer_supported', param: 'payment_method_types' },
  );
}

function newSession(till: Till, params: SessionParams): Session {
  const id = newId('cs_test');
  const total = totalOf(params);
  const customer = params.customer ? till.books.customer(params.customer) : null;
  const email = params.customer_email ?? customer?.email ?? null;
  return {
    id,
    object: 'checkout.session',
    mode: 'payment',
    ui_mode: 'hosted_page',
    status: 'open',
    payment_status: total === 0 ? 'no_payment_required' : 'unpaid',
    payment_intent: null,
    payment_method_types: offeredMethods(params),
    amount_subtotal: total,
    amount_total: total,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    currency: currencyOf(params),
    client_reference_id: params.client_reference_id ?? null,
    customer: customer?.id ?? null,
    customer_email: params.customer_email ?? null,
    customer_details: email ? { email, name: customer?.name ?? null } : null,
    metadata: params.metadata,
    success_url: params.success_url,
    cancel_url: params.cancel_url ?? null,
    url: `${till.url}/c/pay/${id}`,
    created: nowSeconds(),
    expires_at: params.expires_at ?? nowSeconds() + DAY / SECOND,
    livemode: false,
  };
}

function itemsOf({ line_items }: SessionParams): LineItem[] {
  return line_items.map(({ quantity, price_data: { currency, unit_amount, product_data } }) => ({
    id: newId('li'),
    object: 'item',
    description: product_data.name,
    quantity,
    currency,
    amount_subtotal: quantity * unit_amount,
    amount_total: quantity * unit_amount,
    price: { object: 'price', currency, unit_amount },
  }));
}

function paymentOf({ payment_intent_data: { metadata, description, receipt_email } }: SessionParams) {
  return { metadata, description: description ?? null, receipt_email: receipt_email ?? null };
}
