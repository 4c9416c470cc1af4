import { createServer } from 'node:http';
import { createApp } from './app.js';
import { closeDatabase, log, onSqlite, openDatabase } from './database.js';
import { closeMail } from './mail/send.js';
import { migrate } from './operations/migrations.js';
import { endOldLeases, startWork } from './operations/work.js';
import { settings } from './settings.js';

/** The web process; with WORKER=inline (the default on SQLite) it is the worker too. */
const PATIENCE_MS = 25_000;
const LIMITS = { requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 };

// Database, books and secrets are this user's alone.
process.umask(0o077);

try {
  await open();
} catch (error) {
  log.fatal({ err: error }, 'the shop could not open');
  process.exit(1);
}

async function open() {
  await openDatabase();
  if (!settings.production || onSqlite) await migrate();
  if (onSqlite) await endOldLeases();
  const demo = settings.demo ? await (await import('./demo.js')).startDemo() : null;

  const server = createServer(LIMITS, createApp());
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(settings.port, resolve));
  const stopWork = settings.worker === 'inline' ? startWork() : async () => {};
  log.info({ address: settings.publicUrl, worker: settings.worker }, 'shop open');
  demo?.announce();

  const stop = async (signal: string) => {
    log.info({ signal }, 'closing');
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    await Promise.all([closed, stopWork()]);
    closeMail();
    await demo?.close();
    await closeDatabase();
  };
  process.once('SIGTERM', () => void stop('SIGTERM'));
  process.once('SIGINT', () => void stop('SIGINT'));
}
