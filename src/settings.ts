import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { unfinished, unfitForProduction, unfitForTrying } from './settings/checks.js';
import { demoWorld } from './settings/demo-world.js';
import { Environment, withFiles } from './settings/environment.js';

/** The only reader of process.env. Fails at boot with the list of everything that is wrong. */

/** The settings that speak to the outside world; with none of them the demo brings its own outside world. */
const OUTSIDE = [
  'STRIPE_SECRET_KEY',
  'AIRALO_CLIENT_ID',
  'MOBIMATTER_API_KEY',
  'ESIMCARD_EMAIL',
  'ESIMCARD_TOKEN',
  'SMTP_URL',
] as const;

export class BadSettings extends Error {
  constructor(readonly problems: string[]) {
    super(`These settings are wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

export type Settings = ReturnType<typeof readSettings>;

/** Throws BadSettings. `NAME_FILE` gives the setting `NAME` from a file (docker and systemd secrets). */
export function readSettings(environment: NodeJS.ProcessEnv) {
  const parsed = Environment.safeParse(withFiles(environment));
  if (!parsed.success)
    throw new BadSettings(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const values = parsed.data;
  const production = values.NODE_ENV === 'production';
  const demo = !production && OUTSIDE.every((name) => values[name] === undefined);
  const complete = demo ? { ...values, ...demoWorld(values.PORT) } : values;
  const problems = [
    ...(production ? unfitForProduction(complete) : unfitForTrying(complete)),
    ...unfinished(complete),
  ];
  if (problems.length > 0) throw new BadSettings(problems);

  const dataDir = resolve(complete.DATA_DIR);
  const publicUrl = new URL(complete.PUBLIC_URL ?? `http://localhost:${complete.PORT}`);
  const databaseUrl = complete.DATABASE_URL ?? `sqlite:${join(dataDir, 'shop.db')}`;
  const sessionSecret = complete.SESSION_SECRET ?? keptSecret(dataDir);
  return {
    production,
    /** True when the simulators stand in for the outside world: read by server.ts, which starts them, and by the command that looks into their books. */
    demo,
    port: complete.PORT,
    publicUrl: publicUrl.origin,
    https: publicUrl.protocol === 'https:',
    dataDir,
    databaseUrl,
    sessionSecret,
    /** Seals what staff's phones give their codes with. */
    twoStepSecret: complete.TWO_STEP_SECRET ?? sessionSecret,
    worker: complete.WORKER ?? (demo || databaseUrl.startsWith('sqlite:') ? 'inline' : 'none'),
    trustProxy: complete.TRUST_PROXY,
    logLevel: complete.LOG_LEVEL,
    stripe: {
      secretKey: complete.STRIPE_SECRET_KEY!,
      /** Several while a secret is being rolled, separated by commas. */
      webhookSecrets: secretsIn(complete.STRIPE_WEBHOOK_SECRET!),
      apiBase: complete.STRIPE_API_BASE ?? 'https://api.stripe.com',
      /** Where the hosted payment page lives: the content security policy lets forms go there. */
      checkoutOrigin: complete.STRIPE_API_BASE
        ? new URL(complete.STRIPE_API_BASE).origin
        : 'https://checkout.stripe.com',
      livemode: complete.STRIPE_SECRET_KEY!.includes('_live_'),
    },
    providers: {
      airalo: complete.AIRALO_CLIENT_ID
        ? {
            clientId: complete.AIRALO_CLIENT_ID,
            clientSecret: complete.AIRALO_CLIENT_SECRET!,
            baseUrl: complete.AIRALO_BASE_URL,
          }
        : undefined,
      mobiMatter: complete.MOBIMATTER_API_KEY
        ? {
            apiKey: complete.MOBIMATTER_API_KEY,
            merchantId: complete.MOBIMATTER_MERCHANT_ID!,
            baseUrl: complete.MOBIMATTER_BASE_URL,
          }
        : undefined,
      esimCard:
        complete.ESIMCARD_TOKEN || complete.ESIMCARD_EMAIL
          ? {
              email: complete.ESIMCARD_EMAIL,
              password: complete.ESIMCARD_PASSWORD,
              token: complete.ESIMCARD_TOKEN,
              baseUrl: complete.ESIMCARD_BASE_URL,
            }
          : undefined,
    },
    mail: { smtpUrl: complete.SMTP_URL!, from: complete.MAIL_FROM ?? 'NumnaRoad <orders@numnaroad.example>' },
  };
}

/** Outside production a secret is made once and kept with the data, so that a restart does not end the sessions. */
function keptSecret(dataDir: string) {
  const file = join(dataDir, 'session-secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}

/** Several while one is rolled; a blank one would believe everybody. */
const secretsIn = (list: string) =>
  list
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');

export const settings = settingsOrExit();

function settingsOrExit() {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof BadSettings)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
