import { copyFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type sqlite3 from 'sqlite3';
import { onSqlite, sequelize } from '../../src/database.js';
import { settings } from '../../src/settings.js';
import type { KilledShop } from './kill-shop.js';

/**
 * Makes what a dead process left on the disk the database of the tests: a copy of the file and of its write-ahead log,
 * not of the shared memory beside them, so that SQLite must find out from the disk what was committed. The shop itself
 * does the same on the originals when it starts again. On PostgreSQL the database is shared anyway.
 */
export async function takeRemains({ file }: KilledShop) {
  if (!onSqlite) return;
  const own = settings.databaseUrl.slice('sqlite:'.length);
  await letGo();
  for (const ending of ['', '-wal', '-shm']) await rm(own + ending, { force: true });
  for (const ending of ['', '-wal']) await copyFile(file + ending, own + ending).catch(unlessMissing);
}

/** Sequelize opens the file anew at the next query. */
async function letGo() {
  const { connections } = sequelize.connectionManager as unknown as {
    connections: Partial<Record<'default', sqlite3.Database>>;
  };
  const open = connections.default;
  delete connections.default;
  if (open) await promisify(open.close.bind(open))();
}

function unlessMissing(error: NodeJS.ErrnoException) {
  if (error.code !== 'ENOENT') throw error;
}
