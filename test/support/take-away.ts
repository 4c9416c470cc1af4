import type sqlite3 from 'sqlite3';
import { onSqlite, sequelize } from '../../src/database.js';
import { withoutPart, type Wall } from '../controls/walls.js';

/**
 * Takes the wall away that TAKE_AWAY names (test/controls/), so that the tests can be seen to turn red without it.
 * Does nothing in an ordinary run.
 */
export async function takeAway() {
  const named = process.env.TAKE_AWAY;
  if (named) await remove(JSON.parse(named) as Wall);
}

async function remove(wall: Wall) {
  switch (wall.kind) {
    case 'hook':
      return void sequelize.model(wall.model).removeHook(wall.hook as never, wall.name);
    case 'trigger':
      return sequelize.query(`DROP TRIGGER ${wall.name}${onSqlite ? '' : ` ON ${wall.table}`}`);
    case 'index':
      return sequelize.query(`DROP INDEX ${wall.name}`);
    case 'part':
      return onSqlite ? rewrite(wall.table, wall.part) : dropConstraint(wall.table, wall.part);
  }
}

const dropConstraint = (table: string, name: string) =>
  sequelize.query(`ALTER TABLE "${table}" DROP CONSTRAINT "${name}"`);

/** SQLite cannot drop a CHECK: the table's definition is written anew, and every connection told to read it again. */
async function rewrite(table: string, part: string) {
  const connection = (await sequelize.connectionManager.getConnection({ type: 'write' })) as sqlite3.Database;
  const [row] = await rows<{ sql: string }>(
    connection,
    `SELECT sql FROM sqlite_master WHERE name = '${table}'`,
  );
  const [{ schema_version: version }] = (await rows(connection, 'PRAGMA schema_version')) as [
    { schema_version: number },
  ];
  const rewritten = withoutPart(row!.sql, part).replaceAll("'", "''");
  await new Promise<void>((resolve, reject) =>
    connection.exec(
      `PRAGMA writable_schema = ON;
       UPDATE sqlite_master SET sql = '${rewritten}' WHERE name = '${table}' AND type = 'table';
       PRAGMA schema_version = ${version + 1};
       PRAGMA writable_schema = RESET;`,
      (error) => (error ? reject(error) : resolve()),
    ),
  );
}

const rows = <Row>(connection: sqlite3.Database, sql: string) =>
  new Promise<Row[]>((resolve, reject) =>
    connection.all<Row>(sql, (error, found) => (error ? reject(error) : resolve(found))),
  );
