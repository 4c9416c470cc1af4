import { QueryTypes } from 'sequelize';
import { onSqlite, sequelize, tx } from '../../src/database.js';

class Undone extends Error {}

/** Lets `work` write whatever it likes, past every trigger, CHECK and unique index, and then undoes it all. */
export async function withoutWalls(work: () => Promise<void>) {
  try {
    await tx(async () => {
      for (const statement of await (onSqlite ? openSqlite() : openPostgres())) await run(statement);
      await work();
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
}

/** Gives what `look` sees after these statements, and undoes them. Inside of `withoutWalls`. */
export async function afterwards<T>(statements: string[], look: () => Promise<T>): Promise<T> {
  await run('SAVEPOINT before');
  for (const statement of statements) await run(statement);
  const seen = await look();
  await run('ROLLBACK TO SAVEPOINT before');
  await run('RELEASE SAVEPOINT before');
  return seen;
}

const run = (statement: string) => sequelize.query(statement, { raw: true });

const list = async (query: string) =>
  (await sequelize.query<{ statement: string }>(query, { type: QueryTypes.SELECT })).map(
    ({ statement }) => statement,
  );

const openSqlite = async () => [
  ...(await list(`
    SELECT 'DROP ' || type || ' ' || name AS statement FROM sqlite_master
    WHERE type = 'trigger' OR (type = 'index' AND sql LIKE 'CREATE UNIQUE%')`)),
  'PRAGMA ignore_check_constraints = ON',
  'PRAGMA defer_foreign_keys = ON',
];

const openPostgres = () =>
  list(`
    SELECT 'ALTER TABLE ' || tablename || ' DISABLE TRIGGER USER' AS statement FROM pg_tables WHERE schemaname = 'public'
    UNION ALL SELECT 'DROP INDEX ' || indexname FROM pg_indexes
    WHERE schemaname = 'public' AND indexdef LIKE 'CREATE UNIQUE%' AND indexname NOT LIKE '%_pkey'
    UNION ALL SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT "' || conname || '"' FROM pg_constraint
    WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conrelid <> 0`);
