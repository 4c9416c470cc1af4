import { AsyncLocalStorage } from 'node:async_hooks';
import Mailer from 'nodemailer/lib/mailer/index.js';
import { sequelize } from '../../src/database.js';
import { stripe } from '../../src/payments/stripe.js';

/** What a dying process does not get to handle. */
export class Crash extends Error {}

const current = new AsyncLocalStorage<Life>();

/**
 * One run of the shop's process. It takes a step whenever something is about to leave it: a write, a COMMIT, a call to
 * Stripe or a wholesaler, a mail, an answer. It dies just before its `last` one, which is just after the one before, and
 * nothing that it does from then on has an effect. Reads are no steps: the world is the same before and after them.
 */
export class Life {
  readonly steps: string[] = [];
  isOver = false;

  constructor(
    private readonly last = Infinity,
    private readonly counts: (step: string) => boolean = () => true,
  ) {}

  run<T>(work: () => T): T {
    return current.run(this, work);
  }

  endsBefore(step: string): boolean {
    if (this.isOver || !this.counts(step)) return this.isOver;
    this.steps.push(step);
    this.isOver = this.steps.length === this.last;
    return this.isOver;
  }
}

/** Watches everything that leaves the process for the life that does it; the returned function ends the watch. */
export function watchLives(): () => void {
  const unwatch = [
    watchDatabase(),
    watch(globalThis, 'fetch', ([url]) => `call ${new URL(String(url)).pathname}`),
    watch(stripe.getApiField('httpClient'), 'makeRequest', ([, , path]) => `Stripe ${String(path)}`),
    watch(Mailer.prototype, 'sendMail', () => 'mail'),
  ];
  return () => {
    for (const end of unwatch) end();
  };
}

type Method = (...args: unknown[]) => Promise<unknown>;

function watch(object: object, name: string, stepOf: (args: unknown[]) => string) {
  const methods = object as Record<string, Method>;
  const original = methods[name]!;
  methods[name] = function (this: unknown, ...args) {
    if (current.getStore()?.endsBefore(stepOf(args))) return Promise.reject(new Crash());
    return original.apply(this, args);
  };
  return () => (methods[name] = original);
}

const WRITE = /^\s*(INSERT|UPDATE|DELETE|COMMIT)(?: INTO| FROM)?\W*(\w*)/i;

/** A write inside a transaction is undone with it. */
export const UNCOMMITTED = ', uncommitted';

function nameOf(verb: string, table: string, options?: { transaction?: unknown }) {
  if (verb === 'COMMIT') return verb;
  return `${verb} ${table}${options?.transaction ? UNCOMMITTED : ''}`;
}

function watchDatabase() {
  // oxlint-disable-next-line typescript/unbound-method -- put back unbound at the end
  const { query } = sequelize;
  const { warn } = console;
  sequelize.query = (async (sql: string | { query: string }, ...rest: [{ transaction?: unknown }?]) => {
    const life = current.getStore();
    const run = (statement: typeof sql) => query.call(sequelize, statement as never, ...(rest as []));
    const text = typeof sql === 'string' ? sql : sql.query;
    // The database ends a dead process's transaction by itself.
    if (!life || /^ROLLBACK/i.test(text)) return run(sql);
    const [, verb, table] = WRITE.exec(text) ?? [];
    const dead = verb ? life.endsBefore(nameOf(verb, table!, rest[0])) : life.isOver;
    if (!dead) return run(sql);
    // Sequelize gives up a connection whose COMMIT failed, and the locks with it would stay.
    if (verb === 'COMMIT') await run('ROLLBACK;');
    throw new Crash();
  }) as never;
  // Sequelize warns of every transaction that it could not end.
  console.warn = (...words) => {
    if (!current.getStore()?.isOver) warn(...words);
  };
  return () => {
    sequelize.query = query;
    console.warn = warn;
  };
}
