import { closeDatabase, log, openDatabase } from './database.js';
import { closeMail } from './mail/send.js';
import { startWork } from './operations/work.js';

/** The worker process: buys, refunds and mails. Beside it, any number of web processes. */
const PATIENCE_MS = 25_000;

process.umask(0o077);

await openDatabase();
const stopWork = startWork();
log.info('worker started');

const stop = async () => {
  setTimeout(() => process.exit(1), PATIENCE_MS).unref();
  await stopWork();
  closeMail();
  await closeDatabase();
};
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
