import { sequelize } from '../../src/database.js';

/** What a dying process does not get to handle. */
export class Crash extends Error {}

const WRITES = /^\s*(INSERT|UPDATE|DELETE|COMMIT)/i;

/**
 * Runs `work` as a process that dies at its `at`-th step, a step being a moment before or after a write to the database
 * or a call to the outside. From then on nothing that it does has an effect. Returns whether it lived to the end.
 */
export async function dyingAt(at: number, work: () => Promise<unknown>): Promise<boolean> {
  // oxlint-disable-next-line typescript/unbound-method -- put back unbound at the end
  const { query } = sequelize;
  const { fetch } = globalThis;
  const { warn } = console;
  let steps = 0;
  let dead = false;
  const moment = () => {
    steps += 1;
    if (steps >= at) dead = true;
    if (dead) throw new Crash();
  };

  sequelize.query = (async (sql: string | { query: string }, ...rest: unknown[]) => {
    const text = typeof sql === 'string' ? sql : sql.query;
    // The database ends a dead process's transaction by itself.
    if (dead && !/^ROLLBACK/i.test(text)) throw new Crash();
    const run = (statement: typeof sql) => query.call(sequelize, statement as never, ...(rest as []));
    if (!WRITES.test(text)) return run(sql);
    try {
      moment();
    } catch (crash) {
      // Sequelize gives up a connection whose COMMIT failed, and the lock with it would stay.
      if (/^COMMIT/i.test(text)) await run('ROLLBACK;');
      throw crash;
    }
    const answer = await run(sql);
    if (/^COMMIT/i.test(text)) moment();
    return answer;
  }) as never;
  // Sequelize warns of every transaction that it could not end.
  console.warn = () => {};
  globalThis.fetch = async (...call) => {
    moment();
    const answer = await fetch(...call);
    moment();
    return answer;
  };

  try {
    await work();
  } catch (error) {
    if (!dead) throw error;
  } finally {
    sequelize.query = query;
    globalThis.fetch = fetch;
    console.warn = warn;
  }
  return !dead;
}
