import { z } from 'zod';
import type { Answered } from '../../lib/http.js';
import { describe, rejected, tooMany, type Refusal } from '../outcomes.js';
import type { RejectionKind } from '../provider.js';

// Airalo Partner API, "Error handling". 53 (unexpected error) is missing on purpose: it says nothing.
const CODES: Record<number, RejectionKind> = {
  11: 'insufficient_balance',
  13: 'temporarily_unavailable',
  14: 'misconfigured',
  23: 'refused',
  33: 'out_of_stock',
  34: 'out_of_stock',
  43: 'refused',
  73: 'refused',
  89: 'misconfigured',
};

const Business = z.object({ code: z.coerce.number().int() });
const Nested = z.object({ data: Business });
const Validation = z.object({
  data: z.record(z.string(), z.unknown()),
  meta: z.object({ message: z.literal('the parameter is invalid') }),
});

/** The documented ways in which an order is refused; null for everything else, which may have bought. */
export function refusalOf(answer: Answered): Refusal | null {
  if (answer.status === 429) return tooMany(answer);
  const why = reasonOf(answer);
  return why ? rejected(why, describe(answer)) : null;
}

function reasonOf({ status, body }: Answered): RejectionKind | undefined {
  if (status === 401) return 'misconfigured';
  if (status !== 422 && status !== 403) return undefined;
  const code = Business.safeParse(body).data?.code ?? Nested.safeParse(body).data?.data.code;
  if (code !== undefined) return CODES[code];
  const invalid = Validation.safeParse(body).data?.data;
  return status === 422 && invalid ? fieldReason(invalid) : undefined;
}

function fieldReason(invalid: Record<string, unknown>): RejectionKind {
  if ('package_id' in invalid) return 'invalid_product';
  return /available/i.test(JSON.stringify(invalid['quantity'] ?? '')) ? 'out_of_stock' : 'refused';
}
