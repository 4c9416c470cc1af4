import type sqlite3 from 'sqlite3';
import { QueryTypes, type Model, type Transaction } from 'sequelize';
import { onSqlite, sequelize, tx } from '../../src/database.js';
import { sql, wall } from '../support/refusals.js';

class Undone extends Error {}

/**
 * Runs `work` while the database has no trigger, and undoes all of it: to knock at CHECKs and foreign keys that a trigger
 * would stand in front of.
 */
export async function withoutTriggers(work: () => Promise<void>) {
  try {
    await tx(async ({ connection }: Transaction & { connection?: unknown }) => {
      await (onSqlite ? dropAll(connection as sqlite3.Database) : disableAll());
      await work();
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
}

async function dropAll(connection: sqlite3.Database) {
  const triggers = await select<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'trigger'`);
  const script = triggers.map(({ name }) => `DROP TRIGGER ${name};`).join('');
  await new Promise<void>((resolve, reject) =>
    connection.exec(script, (error) => (error ? reject(error) : resolve())),
  );
}

async function disableAll() {
  const tables = await select<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  for (const { name } of tables) await sql(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
}

const select = <Row extends object>(query: string) =>
  sequelize.query<Row>(query, { type: QueryTypes.SELECT });

/** What the database says to a statement that writes these columns of a row; nothing of it stays. */
export async function wallOf(row: Model, columns: Record<string, unknown>): Promise<string> {
  const { tableName, primaryKeyAttribute: key } = row.constructor as unknown as Table;
  const names = Object.keys(columns).map((column) => `"${column}" = ?`);
  const values = Object.values(columns).map((value) =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
  );
  const written = () =>
    sql(`UPDATE ${tableName} SET ${names.join(', ')} WHERE ${key} = ?`, ...values, row.get(key));
  await sql('SAVEPOINT knock');
  const said = await wall(written()).catch(String);
  await sql('ROLLBACK TO SAVEPOINT knock');
  return said;
}

interface Table {
  tableName: string;
  primaryKeyAttribute: string;
}
