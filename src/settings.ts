import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** The only reader of process.env. Fails at boot with the list of everything that is wrong. */

const text = z.string().trim().min(1).optional();
const count = (fallback: number) => z.coerce.number().int().min(0).default(fallback);
const address = z.url({ protocol: /^https?$/ }).optional();

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: count(3000),
  PUBLIC_URL: address,
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:|postgres(ql)?:\/\/)/, 'must start with sqlite: or postgres://')
    .optional(),
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  WORKER: z.enum(['inline', 'none']).optional(),
  STRIPE_SECRET_KEY: text,
  STRIPE_WEBHOOK_SECRET: text,
  STRIPE_API_BASE: address,
  AIRALO_BASE_URL: address,
  AIRALO_CLIENT_ID: text,
  AIRALO_CLIENT_SECRET: text,
  MOBIMATTER_BASE_URL: address,
  MOBIMATTER_API_KEY: text,
  MOBIMATTER_MERCHANT_ID: text,
  ESIMCARD_BASE_URL: address,
  ESIMCARD_EMAIL: text,
  ESIMCARD_PASSWORD: text,
  ESIMCARD_TOKEN: text,
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: text,
  TRUST_PROXY: count(0),
  WEB_CONCURRENCY: count(1),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

type Values = z.infer<typeof Environment>;

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
  return {
    production,
    /** True when the simulators stand in for the outside world: read by server.ts, which starts them, and by nothing else. */
    demo,
    port: complete.PORT,
    publicUrl: publicUrl.origin,
    https: publicUrl.protocol === 'https:',
    dataDir,
    databaseUrl,
    sessionSecret: complete.SESSION_SECRET ?? keptSecret(dataDir),
    worker: complete.WORKER ?? (databaseUrl.startsWith('sqlite:') ? ('inline' as const) : ('none' as const)),
    trustProxy: complete.TRUST_PROXY,
    logLevel: complete.LOG_LEVEL,
    stripe: {
      secretKey: complete.STRIPE_SECRET_KEY!,
      /** Several while a secret is being rolled, separated by commas. */
      webhookSecrets: complete.STRIPE_WEBHOOK_SECRET!.split(',').map((secret) => secret.trim()),
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

function withFiles(environment: NodeJS.ProcessEnv) {
  const values: Record<string, string | undefined> = { ...environment };
  for (const name of Object.keys(Environment.shape)) {
    const file = environment[`${name}_FILE`];
    if (file) values[name] = readFileSync(file, 'utf8').trim();
    if (values[name] === '') delete values[name];
  }
  return values;
}

/** The simulators' addresses and keys, on the ports next to the shop's own: Stripe +1, mailbox page +2, SMTP +3, Airalo +4, MobiMatter +5, eSIM Card +6. */
function demoWorld(port: number) {
  const at = (offset: number) => `http://127.0.0.1:${port + offset}`;
  return {
    STRIPE_API_BASE: at(1),
    STRIPE_SECRET_KEY: 'sk_test_simulator',
    STRIPE_WEBHOOK_SECRET: 'whsec_simulator',
    SMTP_URL: `smtp://127.0.0.1:${port + 3}`,
    AIRALO_BASE_URL: `${at(4)}/v2`,
    AIRALO_CLIENT_ID: 'simulated-client',
    AIRALO_CLIENT_SECRET: 'simulated-secret',
    MOBIMATTER_BASE_URL: `${at(5)}/mobimatter/api/v2`,
    MOBIMATTER_API_KEY: 'simulated-key',
    MOBIMATTER_MERCHANT_ID: 'simulated-merchant',
    ESIMCARD_BASE_URL: `${at(6)}/api/developer/reseller`,
    ESIMCARD_EMAIL: 'shop@example.com',
    ESIMCARD_PASSWORD: 'simulated-password',
  };
}

function unfinished(values: Values): string[] {
  const need = (name: keyof Values, because: string) =>
    values[name] === undefined ? [`${name}: ${because}`] : [];
  return [
    ...need('STRIPE_SECRET_KEY', 'needed to take payments'),
    ...need('STRIPE_WEBHOOK_SECRET', 'needed to believe what Stripe reports'),
    ...need('SMTP_URL', 'needed to mail eSIMs'),
    ...(values.AIRALO_CLIENT_ID ? need('AIRALO_CLIENT_SECRET', 'belongs to AIRALO_CLIENT_ID') : []),
    ...(values.MOBIMATTER_API_KEY ? need('MOBIMATTER_MERCHANT_ID', 'belongs to MOBIMATTER_API_KEY') : []),
    ...(values.ESIMCARD_EMAIL ? need('ESIMCARD_PASSWORD', 'belongs to ESIMCARD_EMAIL') : []),
    ...(values.AIRALO_CLIENT_ID || values.MOBIMATTER_API_KEY || values.ESIMCARD_EMAIL || values.ESIMCARD_TOKEN
      ? []
      : ['AIRALO_*, MOBIMATTER_*, ESIMCARD_*: at least one wholesaler is needed to have something to sell']),
    ...(values.WEB_CONCURRENCY > 1 && !values.DATABASE_URL?.startsWith('postgres')
      ? ['WEB_CONCURRENCY: more than one process needs PostgreSQL in DATABASE_URL']
      : []),
  ];
}

function unfitForProduction(values: Values): string[] {
  const problems: string[] = [];
  if (!values.PUBLIC_URL?.startsWith('https://'))
    problems.push('PUBLIC_URL: the https address of the shop is needed');
  if (!values.SESSION_SECRET) problems.push('SESSION_SECRET: at least 32 random characters are needed');
  if (!values.MAIL_FROM) problems.push('MAIL_FROM: the sender of the mails is needed');
  if (values.STRIPE_SECRET_KEY && !/^(sk|rk)_live_/.test(values.STRIPE_SECRET_KEY)) {
    problems.push('STRIPE_SECRET_KEY: a test key cannot take real payments');
  }
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' && /^(https?|smtps?):/.test(value) && isLoopback(value)) {
      problems.push(`${name}: a loopback address is a simulator, which production refuses`);
    }
  }
  return problems;
}

const unfitForTrying = ({ STRIPE_SECRET_KEY }: Values) =>
  STRIPE_SECRET_KEY?.includes('_live_')
    ? ['STRIPE_SECRET_KEY: a live key takes real money; set NODE_ENV=production for that']
    : [];

function isLoopback(url: string) {
  const { hostname } = new URL(url);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    hostname.startsWith('127.')
  );
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
