import { readFileSync } from 'node:fs';
import { z } from 'zod';

const text = z.string().trim().min(1).optional();
const count = (fallback: number) => z.coerce.number().int().min(0).default(fallback);
const address = z.url({ protocol: /^https?$/ }).optional();

export const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: count(3000),
  PUBLIC_URL: address,
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:|postgres(ql)?:\/\/)/, 'must start with sqlite: or postgres://')
    .optional(),
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  TWO_STEP_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
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

export type Values = z.infer<typeof Environment>;

/** `NAME_FILE` gives the setting `NAME` from a file; an empty value is none. */
export function withFiles(environment: NodeJS.ProcessEnv) {
  const values: Record<string, string | undefined> = { ...environment };
  for (const name of Object.keys(Environment.shape)) {
    const file = environment[`${name}_FILE`];
    if (file) values[name] = readFileSync(file, 'utf8').trim();
    if (values[name] === '') delete values[name];
  }
  return values;
}
