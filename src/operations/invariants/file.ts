import { onSqlite } from '../../database.js';
import { select } from './ask.js';
import type { Finding } from './finding.js';

/** SQLite reports damage as rows, not as an error. PostgreSQL has no such question and checks references itself. */
export async function checkFile(): Promise<Finding[]> {
  if (!onSqlite) return [];
  const damage = await select('PRAGMA integrity_check');
  const orphans = await select('PRAGMA foreign_key_check');
  const words = damage.flatMap((row) => Object.values(row).map(String)).filter((word) => word !== 'ok');
  return [
    { invariant: 'the database file is whole', ids: words },
    { invariant: 'every reference leads to a row', ids: orphans.map((row) => JSON.stringify(row)) },
  ];
}
