import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { QueryTypes, Sequelize, Transaction, type Options } from 'sequelize';
import sqlite3 from 'sqlite3';
import { Unavailable } from './errors.js';
import { Mutex } from './lib/mutex.js';
import { createLog } from './lib/log.js';
import { settings } from './settings.js';

/**
 * The database: one Sequelize, one way to write (`tx`).
 *
 * Sequelize 6 opens a new SQLite connection for every transaction and fires no connection hooks there, so the PRAGMAs
 * are set by the driver's class itself. Each is read back at boot by `openDatabase`.
 */
const PRAGMAS = {
  busy_timeout: 5000,
  foreign_keys: 1,
  // FULL: a paid order that was acknowledged survives a power cut.
  synchronous: 2,
  temp_store: 2,
  trusted_schema: 0,
  // Without it INSERT OR REPLACE would pass by the triggers that forbid deleting.
  recursive_triggers: 1,
  cache_size: -16_000,
} as const;

type OnOpen = (this: sqlite3.Database, error: Error | null) => void;

class TunedConnection extends sqlite3.Database {
  constructor(file: string, mode?: number | OnOpen, onOpen?: OnOpen) {
    const done = typeof mode === 'function' ? mode : onOpen;
    const flags =
      typeof mode === 'number' ? mode : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE | sqlite3.OPEN_FULLMUTEX;
    const statements = Object.entries(PRAGMAS).map(([name, value]) => `PRAGMA ${name}=${value};`);
    super(file, flags, (error) => {
      if (error) return done?.call(this, error);
      this.exec(`${statements.join('')}PRAGMA journal_mode=WAL;`, (failure) => done?.call(this, failure));
    });
  }
}

export const log = createLog(settings.logLevel);

const SLOW_QUERY_MS = 100;
/** Sequelize writes values into a SELECT: session ids, addresses, keys. */
export const withoutValues = (sql: string) => sql.replace(/'(?:[^']|'')*'/g, '?');
const logSlowQuery = (sql: string, ms?: number) => {
  if (ms !== undefined && ms > SLOW_QUERY_MS)
    log.warn({ ms, sql: withoutValues(sql).slice(0, 500) }, 'slow query');
};

const shared: Options = {
  logging: logSlowQuery,
  benchmark: true,
  // Whole transactions are repeated by tx(); repeating one statement of them cannot help and only adds stalls.
  retry: { max: 1 },
  define: { underscored: true, createdAt: 'created', updatedAt: 'updated' },
};

export const onSqlite = settings.databaseUrl.startsWith('sqlite:');

const scope = new AsyncLocalStorage<Map<string, unknown>>();
Sequelize.useCLS({
  run: (work: (context: unknown) => void) =>
    scope.run(new Map(scope.getStore()), () => work(scope.getStore())),
  get: (key: string) => scope.getStore()?.get(key),
  set: (key: string, value: unknown) => scope.getStore()?.set(key, value),
  bind: (work: () => void) => AsyncResource.bind(work),
});

export const sequelize = onSqlite ? sqlite() : postgres();

function sqlite() {
  const storage = settings.databaseUrl.slice('sqlite:'.length);
  mkdirSync(dirname(storage), { recursive: true, mode: 0o700 });
  return new Sequelize({
    ...shared,
    dialect: 'sqlite',
    storage,
    dialectModule: { ...sqlite3, Database: TunedConnection },
    transactionType: Transaction.TYPES.IMMEDIATE,
  });
}

function postgres() {
  // Money and epoch milliseconds are BIGINT and far below 2^53.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  return new Sequelize(settings.databaseUrl, {
    ...shared,
    dialect: 'postgres',
    dialectModule: pg,
    pool: { max: 10 },
    dialectOptions: {
      statement_timeout: 5000,
      lock_timeout: 3000,
      idle_in_transaction_session_timeout: 10_000,
    },
  });
}

const writers = new Mutex();
const TRIES = 3;

/**
 * Runs `work` in one write transaction; everything Sequelize does inside joins it (CLS), and so does a nested `tx`.
 * On SQLite it is IMMEDIATE and waits in line in this process: waiting inside the driver would block its threads, the
 * lock holder's COMMIT among them. Repeated as a whole when the database was busy, so `work` must be repeatable, and
 * nothing in it may call out to a network.
 */
export async function tx<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const current = scope.getStore()?.get('transaction') as Transaction | undefined;
  if (current) return work(current);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await (onSqlite ? writers.run(() => sequelize.transaction(work)) : sequelize.transaction(work));
    } catch (error) {
      if (!wasBusy(error)) throw error;
      if (attempt === TRIES) throw new Unavailable('errors.busy');
      log.warn({ attempt }, 'database busy, transaction repeated');
      await setTimeout(Math.random() * 100 * attempt);
    }
  }
}

/**
 * Locks the rows that a SELECT in a transaction returns; SQLite has one writer and needs none. NO KEY UPDATE lets rows
 * that merely refer to these be written meanwhile: a plain UPDATE lock would deadlock with every foreign key's check.
 */
export const forUpdate = onSqlite ? {} : ({ lock: Transaction.LOCK.NO_KEY_UPDATE } as const);

/** Busy, serialization failure, deadlock, lock not available, statement timed out. */
const RETRYABLE = new Set(['SQLITE_BUSY', '40001', '40P01', '55P03', '57014']);

function wasBusy(error: unknown) {
  const code = (error as { parent?: { code?: string } }).parent?.code;
  return code !== undefined && RETRYABLE.has(code);
}

interface ConstraintError {
  parent?: { code?: string; message?: string; table?: string; detail?: string };
}

/**
 * Whether a unique index on this column refused the write. Asked by name, because Sequelize reports every CHECK and
 * trigger of SQLite as a UniqueConstraintError too.
 */
export function isDuplicate(error: unknown, table: string, column: string): boolean {
  const { parent } = error as ConstraintError;
  if (onSqlite)
    return new RegExp(`^SQLITE_CONSTRAINT: UNIQUE .*\\b${table}\\.${column}\\b`).test(parent?.message ?? '');
  return (
    parent?.code === '23505' &&
    parent.table === table &&
    new RegExp(`\\b${column}\\b.*=`).test(parent.detail ?? '')
  );
}

/** Connects and refuses a database on which the rules would not hold. */
export async function openDatabase() {
  await sequelize.authenticate();
  if (!onSqlite) return;
  const version = await single('SELECT sqlite_version() AS value');
  if (!atLeast(String(version), [3, 51, 3]))
    throw new Error(`SQLite ${String(version)} can corrupt a WAL database; 3.51.3 or later is needed`);
  for (const [name, value] of Object.entries({ ...PRAGMAS, journal_mode: 'wal' })) {
    const seen = await tx(() => single(`PRAGMA ${name}`));
    if (seen !== value)
      throw new Error(`PRAGMA ${name} is ${String(seen)} on a transaction's connection, not ${value}`);
  }
}

export const closeDatabase = () => sequelize.close();

async function single(sql: string): Promise<unknown> {
  const [row] = await sequelize.query<Record<string, unknown>>(sql, { type: QueryTypes.SELECT });
  return row && Object.values(row)[0];
}

function atLeast(version: string, wanted: readonly number[]) {
  const parts = version.split('.').map(Number);
  for (const [index, part] of wanted.entries()) {
    if ((parts[index] ?? 0) !== part) return (parts[index] ?? 0) > part;
  }
  return true;
}
