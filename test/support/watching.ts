import Stripe from 'stripe';
import { sequelize } from '../../src/database.js';
import { Mutex } from '../../src/lib/mutex.js';

/** Stands beside everything that this process does: it may wait before it lets it happen, and afterwards. */
export interface Watcher {
  statement: <T>(sql: string, send: () => Promise<T>) => Promise<T>;
  /** A turn to write on SQLite, which has one writer: it lasts a little longer than its transaction. */
  turn: <T>(take: () => Promise<T>) => Promise<T>;
  call: <T>(make: () => Promise<T>) => Promise<T>;
}

type Asking = (...request: unknown[]) => Promise<unknown>;

/** The one way of Stripe's client to its API. */
const ASK = '_makeRequest';
const stripeClient = Stripe.StripeResource.prototype as unknown as Record<typeof ASK, Asking>;

/** Until the returned function is called. */
export function watch({ statement, turn, call }: Watcher): () => void {
  // oxlint-disable-next-line typescript/unbound-method -- put back unbound at the end
  const [query, run] = [sequelize.query, Mutex.prototype.run];
  const [ask, fetch] = [stripeClient[ASK], globalThis.fetch];

  sequelize.query = ((sql: string | { query: string }, ...rest: unknown[]) =>
    statement(typeof sql === 'string' ? sql : sql.query, () =>
      query.call(sequelize, sql as never, ...(rest as [])),
    )) as never;
  Mutex.prototype.run = function <T>(this: Mutex, work: () => Promise<T>) {
    return turn(() => run.call(this, work) as Promise<T>);
  };
  stripeClient[ASK] = function (...request) {
    return call(() => ask.apply(this, request));
  };
  globalThis.fetch = (...request) => call(() => fetch(...request));

  return () => {
    sequelize.query = query;
    Mutex.prototype.run = run;
    stripeClient[ASK] = ask;
    globalThis.fetch = fetch;
  };
}
