import { onSqlite } from '../../database.js';
import { column, run } from './words.js';

const TABLES = `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`;

/**
 * Takes triggers and indexes away while the rows are written, and puts them back as the database's own books have them.
 * Inside one transaction: whatever goes wrong, the database is as it was.
 */
export async function withoutTriggersAndIndexes(
  fill: () => Promise<void>,
  restoring: (name: string) => void,
) {
  const indexes = await definitions('index');
  const triggers = onSqlite ? await definitions('trigger') : [];
  if (onSqlite) await run('PRAGMA cache_size = -1000000');
  else await switchTriggers('DISABLE');
  for (const { name } of triggers) await run(`DROP TRIGGER ${name}`);
  for (const { name } of indexes) await run(`DROP INDEX ${name}`);
  await fill();
  for (const { name, sql } of indexes) {
    restoring(name);
    await run(sql);
  }
  for (const { sql } of triggers) await run(sql);
  if (!onSqlite) await switchTriggers('ENABLE');
}

async function definitions(type: 'index' | 'trigger') {
  const sqls = await column(
    onSqlite
      ? `SELECT sql FROM sqlite_master WHERE type = '${type}' AND sql IS NOT NULL ORDER BY tbl_name, name`
      : `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'idx_%' ORDER BY tablename`,
  );
  return sqls.map((sql) => ({ sql, name: /(?:INDEX|TRIGGER) (\w+)/.exec(sql)![1]! }));
}

async function switchTriggers(how: 'DISABLE' | 'ENABLE') {
  for (const table of await column(TABLES)) await run(`ALTER TABLE "${table}" ${how} TRIGGER USER`);
}
