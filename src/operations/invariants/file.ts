import { onSqlite } from '../../database.js';
import { select, type Select } from './ask.js';
import type { Finding } from './finding.js';

/** PostgreSQL has no such question and checks references itself. */
export const checkFile = async (): Promise<Finding[]> => (onSqlite ? damage(select) : []);

/** SQLite reports damage as rows, not as an error. */
export async function damage(from: Select): Promise<Finding[]> {
  const damaged = await from('PRAGMA integrity_check');
  const orphans = await from('PRAGMA foreign_key_check');
  const words = damaged.flatMap((row) => Object.values(row).map(String)).filter((word) => word !== 'ok');
  return [
    { invariant: 'the database file is whole', ids: words },
    { invariant: 'every reference leads to a row', ids: orphans.map((row) => JSON.stringify(row)) },
  ];
}
