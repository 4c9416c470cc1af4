import { AsyncResource } from 'node:async_hooks';
import { onSqlite } from '../../src/database.js';
import { watch, type Watcher } from './watching.js';

/**
 * Runs `work` and, at its `at`-th moment, `rival`. A moment lies before and after every transaction, single write and
 * call to the outside: there `rival` runs to its end. And one lies before the COMMIT and, on PostgreSQL, before every
 * write inside a transaction: there `rival` runs to its end or to the first lock that it needs. Returns false when
 * `work` has fewer moments; then `rival` never ran.
 */
export async function pausingAt(at: number, work: () => Promise<unknown>, rival: () => Promise<unknown>) {
  // Not in the context of a transaction of `work`, which it would join.
  const pause = new Pause(at, AsyncResource.bind(rival));
  const unwatch = watch(pause);
  try {
    await work();
  } finally {
    await pause.rivalry?.catch(() => {});
    unwatch();
  }
  await pause.rivalry;
  return pause.rivalry !== undefined;
}

const WRITES = /^\s*(INSERT|UPDATE|DELETE)/i;
const BEGINS = /^\s*(BEGIN|START)/i;
const ENDS = /^\s*(COMMIT|ROLLBACK)/i;
/** Where somebody has to wait for another one's transaction, if there is anything to wait for. */
const LOCKS = /^\s*(INSERT|UPDATE|DELETE)|\bFOR (NO KEY )?UPDATE\b/i;

class Pause implements Watcher {
  rivalry: Promise<unknown> | undefined;
  private moments = 0;
  private inTransaction = false;
  private lasts = false;
  private end = () => {};

  constructor(
    private readonly at: number,
    private readonly rival: () => Promise<unknown>,
  ) {}

  readonly call = <T>(make: () => Promise<T>) => this.between(make);

  readonly turn = <T>(take: () => Promise<T>) => {
    if (this.lasts) this.end();
    return this.between(take);
  };

  readonly statement = async <T>(sql: string, send: () => Promise<T>): Promise<T> => {
    if (this.lasts && LOCKS.test(sql)) this.end();
    if (this.rivalry) return send();
    if (BEGINS.test(sql)) return this.begin(send);
    if (ENDS.test(sql)) return this.commit(send);
    if (!WRITES.test(sql)) return send();
    if (!this.inTransaction) return this.between(send);
    // On SQLite a transaction holds its one lock from the beginning: from outside its writes all look the same.
    if (!onSqlite) await this.moment();
    return send();
  };

  private async between<T>(step: () => Promise<T>): Promise<T> {
    if (this.rivalry || this.inTransaction) return step();
    await this.moment();
    const answer = await step();
    await this.moment();
    return answer;
  }

  private async begin<T>(send: () => Promise<T>): Promise<T> {
    // On SQLite these moments are those of the turn.
    if (!onSqlite) await this.moment();
    this.inTransaction = true;
    return send();
  }

  private async commit<T>(send: () => Promise<T>): Promise<T> {
    await this.moment();
    const answer = await send();
    this.inTransaction = false;
    if (!onSqlite) await this.moment();
    return answer;
  }

  private async moment() {
    this.moments += 1;
    if (this.moments !== this.at) return;
    const locked = new Promise<void>((resolve) => (this.end = resolve));
    this.lasts = true;
    this.rivalry = this.rival();
    const over = this.rivalry.catch(() => {});
    await (this.inTransaction ? Promise.race([over, locked]) : over);
    this.lasts = false;
  }
}
