import { join } from 'node:path';
import { Journal } from '../journal.js';
import type { StoredAnswer } from './idempotency.js';
import type { Basket, Charge, Customer, Dispute, PaymentIntent, Refund, Session } from './objects.js';
import { noSuch } from './refusal.js';
import type { SentEvent } from './webhooks.js';

/** Everything the simulator remembers. */
export class Books {
  readonly customers: Journal<Customer>;
  readonly sessions: Journal<Session>;
  readonly baskets: Journal<Basket>;
  readonly intents: Journal<PaymentIntent>;
  readonly charges: Journal<Charge>;
  readonly refunds: Journal<Refund>;
  readonly disputes: Journal<Dispute>;
  readonly events: Journal<SentEvent>;
  readonly answers: Journal<StoredAnswer>;

  constructor(directory?: string) {
    const file = (name: string) => directory && join(directory, `stripe-${name}.jsonl`);
    this.customers = new Journal(file('customers'));
    this.sessions = new Journal(file('sessions'));
    this.baskets = new Journal(file('baskets'));
    this.intents = new Journal(file('payment-intents'));
    this.charges = new Journal(file('charges'));
    this.refunds = new Journal(file('refunds'));
    this.disputes = new Journal(file('disputes'));
    this.events = new Journal(file('events'));
    this.answers = new Journal(file('answers'));
  }

  /** Any object that another one can name, by the prefix of its id. */
  find(id: string) {
    const shelf = {
      cus: this.customers,
      pi: this.intents,
      ch: this.charges,
      re: this.refunds,
      cs: this.sessions,
    };
    return shelf[id.split('_')[0] as keyof typeof shelf]?.get(id);
  }

  customer(id: string) {
    return found(this.customers.get(id), 'customer', id);
  }

  intent(id: string) {
    return found(this.intents.get(id), 'payment_intent', id);
  }

  charge(id: string) {
    return found(this.charges.get(id), 'charge', id);
  }

  refund(id: string) {
    return found(this.refunds.get(id), 'refund', id);
  }

  dispute(id: string) {
    return found(this.disputes.get(id), 'dispute', id);
  }

  event(id: string) {
    return found(this.events.get(id), 'event', id);
  }

  basket(sessionId: string) {
    return found(this.baskets.get(sessionId), 'checkout.session', sessionId);
  }

  clear() {
    this.customers.clear();
    this.sessions.clear();
    this.baskets.clear();
    this.intents.clear();
    this.charges.clear();
    this.refunds.clear();
    this.disputes.clear();
    this.events.clear();
    this.answers.clear();
  }
}

function found<T>(record: T | undefined, kind: string, id: string): T {
  if (!record) throw noSuch(kind, id);
  return record;
}
