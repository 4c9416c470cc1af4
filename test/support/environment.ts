import { mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/**
 * Loaded before everything else: the outside world on free ports, and settings that point at it. The database is a
 * fresh file, or the empty PostgreSQL database that TEST_DATABASE_URL names.
 */
const folder = mkdtempSync(join(tmpdir(), 'shop-'));
const { startStripe } = await import('../../src/simulators/stripe/index.js');
const { startMailbox } = await import('../../src/simulators/mailbox/index.js');
const { startWholesalers, SIMULATOR_CREDENTIALS } = await import('../../src/simulators/start-wholesalers.js');

const port = await freePort();
const database = await databaseOfThisProcess();

/** What the shop trades with in tests. */
export const world = {
  stripe: await startStripe({
    webhookUrl: `http://127.0.0.1:${port}/webhooks/stripe`,
    webhookSecret: 'whsec_test',
  }),
  mailbox: await startMailbox(),
  ...(await startWholesalers({ airaloTokensPerMinute: 1000 })),
};
world.stripe.retryDelaysMs = [];

export const shopUrl = `http://localhost:${port}`;
export const dataDir = folder;

Object.assign(process.env, {
  NODE_ENV: 'test',
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  PORT: String(port),
  PUBLIC_URL: shopUrl,
  DATA_DIR: folder,
  DATABASE_URL: database ?? `sqlite:${join(folder, 'shop.db')}`,
  WORKER: 'none',
  TRUST_PROXY: '1',
  STRIPE_API_BASE: world.stripe.url,
  STRIPE_SECRET_KEY: 'sk_test_shop',
  STRIPE_WEBHOOK_SECRET: 'whsec_rolled_out,whsec_test',
  SMTP_URL: world.mailbox.smtpUrl,
  AIRALO_BASE_URL: world.airalo.baseUrl,
  AIRALO_CLIENT_ID: SIMULATOR_CREDENTIALS.airalo.clientId,
  AIRALO_CLIENT_SECRET: SIMULATOR_CREDENTIALS.airalo.clientSecret,
  MOBIMATTER_BASE_URL: world.mobiMatter.baseUrl,
  MOBIMATTER_API_KEY: SIMULATOR_CREDENTIALS.mobiMatter.apiKey,
  MOBIMATTER_MERCHANT_ID: SIMULATOR_CREDENTIALS.mobiMatter.merchantId,
  ESIMCARD_BASE_URL: world.esimCard.baseUrl,
  ESIMCARD_EMAIL: SIMULATOR_CREDENTIALS.esimCard.email,
  ESIMCARD_PASSWORD: SIMULATOR_CREDENTIALS.esimCard.password,
});

async function freePort() {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const free = (probe.address() as AddressInfo).port;
  await new Promise((resolve) => probe.close(resolve));
  return free;
}

/** Files of tests run side by side: each of mocha's workers has a PostgreSQL database beside the one that is named. */
async function databaseOfThisProcess(): Promise<string | undefined> {
  const { TEST_DATABASE_URL: named, MOCHA_WORKER_ID: worker } = process.env;
  if (!named || !worker) return named;
  const url = new URL(named);
  url.pathname += `_worker_${worker}`;
  const client = new pg.Client(named);
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS "${url.pathname.slice(1)}" WITH (FORCE)`);
  await client.query(`CREATE DATABASE "${url.pathname.slice(1)}"`);
  await client.end();
  return (process.env.TEST_DATABASE_URL = url.href);
}
