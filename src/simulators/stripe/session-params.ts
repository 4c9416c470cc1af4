import { z } from 'zod';
import { invalid } from './refusal.js';

const integer = z
  .string()
  .regex(/^-?\d+$/, 'Invalid integer')
  .transform(Number);
const text = z.string().min(1, 'Must not be empty');
const url = z.url({ protocol: /^https?$/, error: 'Not a valid URL' });
/** As lenient as a browser: zod's own rule refuses addresses that Stripe accepts. */
export const email = z.email({ pattern: z.regexes.html5Email, error: 'Invalid email address' });
const list = z.array(text).min(1);

const metadata = z
  .record(z.string().max(40), z.string().max(500))
  .refine((pairs) => Object.keys(pairs).length <= 50, 'Metadata can have up to 50 keys');

const product = z.strictObject({
  name: text,
  description: text.optional(),
  images: z.array(url).max(8).optional(),
  metadata: metadata.optional(),
  tax_code: text.optional(),
});

const lineItem = z.strictObject({
  quantity: integer.pipe(z.number().int().min(1)).default(1),
  price_data: z.strictObject({
    currency: text.transform((code) => code.toLowerCase()),
    unit_amount: integer.pipe(z.number().min(0, 'Invalid non-negative integer')),
    product_data: product,
    tax_behavior: text.optional(),
  }),
});

const bankTransfer = z.strictObject({
  funding_type: z.literal('bank_transfer'),
  bank_transfer: z.looseObject({ type: text }),
});

/** Settings of the hosted page that change nothing here. */
const ignored = Object.fromEntries(
  [
    'adaptive_pricing',
    'automatic_tax',
    'billing_address_collection',
    'consent_collection',
    'custom_text',
    'customer_creation',
    'expand',
    'invoice_creation',
    'locale',
    'phone_number_collection',
    'submit_type',
  ].map((name) => [name, z.unknown().optional()]),
);

const SessionParams = z.strictObject({
  mode: z.literal('payment'),
  ui_mode: z.literal('hosted_page').optional(),
  line_items: z.array(lineItem).min(1, 'At least one item is needed').max(100),
  success_url: url,
  cancel_url: url.optional(),
  expires_at: integer.optional(),
  client_reference_id: text.max(200).optional(),
  customer: text.optional(),
  customer_email: email.optional(),
  metadata: metadata.default({}),
  payment_intent_data: z
    .looseObject({
      metadata: metadata.default({}),
      description: text.optional(),
      receipt_email: email.optional(),
    })
    .prefault({}),
  allowed_payment_method_types: list.optional(),
  excluded_payment_method_types: list.optional(),
  payment_method_options: z.looseObject({ customer_balance: bankTransfer.optional() }).prefault({}),
  ...ignored,
});

export type SessionParams = z.infer<typeof SessionParams>;

/** Reads a form; the first thing wrong is refused in Stripe's words. */
export function sessionParams(form: unknown): SessionParams {
  const read = SessionParams.safeParse(form);
  if (!read.success) throw refusal(read.error.issues[0]!, form);
  return read.data;
}

function refusal(issue: z.core.$ZodIssue, form: unknown) {
  if (issue.code === 'unrecognized_keys') {
    const param = bracketed([...issue.path, issue.keys[0]!]);
    return invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  }
  const param = bracketed(issue.path);
  if (valueAt(form, issue.path) === undefined) {
    return invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  }
  return invalid(`${issue.message}: ${param}`, { code: 'parameter_invalid', param });
}

const bracketed = ([first, ...rest]: PropertyKey[]) =>
  String(first) + rest.map((part) => `[${String(part)}]`).join('');

const valueAt = (form: unknown, path: PropertyKey[]) =>
  path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part], form);
