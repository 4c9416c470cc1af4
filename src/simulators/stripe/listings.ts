import type { Books } from './books.js';
import { page } from './list-page.js';
import { expireOverdueSessions } from './sessions.js';
import type { Till } from './till.js';
import { isDelivered, type SentEvent } from './webhooks.js';

type Query = Record<string, unknown>;

export function listSessions(till: Till, query: Query) {
  expireOverdueSessions(till);
  const sessions = till.books.sessions
    .all()
    .filter(matching(query, ['payment_intent', 'customer', 'status']));
  return page('/v1/checkout/sessions', sessions, query);
}

export function listRefunds(books: Books, query: Query) {
  return page(
    '/v1/refunds',
    books.refunds.all().filter(matching(query, ['payment_intent', 'charge'])),
    query,
  );
}

export function listEvents(books: Books, query: Query) {
  const events = books.events
    .all()
    .filter((sent) => isAskedFor(sent, query))
    .map((sent) => ({ ...sent.event, pending_webhooks: isDelivered(sent) ? 0 : 1 }));
  return page('/v1/events', events, query);
}

function isAskedFor(sent: SentEvent, { type, types, delivery_success }: Query) {
  if (type && sent.event.type !== type) return false;
  if (Array.isArray(types) && !types.includes(sent.event.type)) return false;
  return delivery_success === undefined || String(isDelivered(sent)) === delivery_success;
}

const matching = (query: Query, fields: string[]) => (record: object) =>
  fields.every((field) => query[field] === undefined || (record as Query)[field] === query[field]);
