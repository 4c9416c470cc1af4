import { QueryTypes, Transaction } from 'sequelize';
import { onSqlite, sequelize } from '../../database.js';
import { clock } from '../../lib/clock.js';
import type { Finding, Invariants } from './finding.js';

export type Select = <Row extends object>(sql: string) => Promise<Row[]>;

/**
 * All in one statement: asked after every test, they would otherwise take four times as long. Asked of the shop's
 * database, or of the one that `from` reads.
 */
export async function ask(invariants: Invariants, from: Select = select): Promise<Finding[]> {
  const questions = Object.entries(invariants).map(
    ([invariant, sql]) => `SELECT ${sequelize.escape(invariant)} AS invariant, id FROM (${sql}) found`,
  );
  const rows = await from<{ invariant: string; id: string }>(questions.join(' UNION ALL '));
  return Object.keys(invariants).map((invariant) => ({
    invariant,
    ids: [...new Set(rows.filter((row) => row.invariant === invariant).map(({ id }) => id))],
  }));
}

export const select = <Row extends object>(sql: string): Promise<Row[]> =>
  sequelize.query<Row>(sql, {
    type: QueryTypes.SELECT,
    replacements: { now: clock.now() },
    logging: false,
  });

/** For `created`, which is stamped with the time of day and not with the clock that tests move on. */
export const minutesAgo = (minutes: number) =>
  onSqlite ? `datetime('now', '-${minutes} minutes')` : `now() - interval '${minutes} minutes'`;

const AT_LEISURE = `
  SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
  SET LOCAL statement_timeout = '10min';
  SET LOCAL work_mem = '64MB'`;

/**
 * Every question inside is answered from the same moment, and nobody who writes has to wait: on SQLite the transaction
 * takes no write lock, on PostgreSQL it may read only, and read for longer than a page may.
 */
export const atOneMoment = <T>(questions: () => Promise<T>): Promise<T> =>
  sequelize.transaction({ type: Transaction.TYPES.DEFERRED }, async () => {
    if (!onSqlite) await sequelize.query(AT_LEISURE);
    return questions();
  });
