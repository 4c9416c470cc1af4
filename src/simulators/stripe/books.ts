import { join } from 'node:path';
import { Journal } from '../journal.js';
import type { StoredAnswer } from './idempotency.js';
import type { Basket, Charge, Customer, PaymentIntent, Refund, Session } from './objects.js';
import { noSuch } from './refusal.js';
import type { SentEvent } from './webhooks.js';

/** Everything the simulator remembers. */
export class Books {
  readonly customers = this.journal<Customer>('customers');
  readonly sessions = this.journal<Session>('sessions');
  readonly baskets = this.journal<Basket>('baskets');
  readonly intents = this.journal<PaymentIntent>('payment-intents');
  readonly charges = this.journal<Charge>('charges');
  readonly refunds = this.journal<Refund>('refunds');
  readonly events = this.journal<SentEvent>('events');
  readonly answers = this.journal<StoredAnswer>('answers');

  constructor(private readonly directory?: string) {}

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
    this.events.clear();
    this.answers.clear();
  }

  private journal<T extends { id: string }>(name: string) {
    return new Journal<T>(this.directory && join(this.directory, `stripe-${name}.jsonl`));
  }
}

function found<T>(record: T | undefined, kind: string, id: string): T {
  if (!record) throw noSuch(kind, id);
  return record;
}
