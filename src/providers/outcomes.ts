import type { Answered, JsonAnswer } from '../lib/http.js';
import { SECOND } from '../lib/clock.js';
import type { BuyOutcome, Esim, LookUpOutcome, RejectionKind } from './provider.js';
import { retryAfterMs } from './retry-after.js';

/** What a wholesaler's description of a purchase amounts to, whoever asked. */
export type Reading =
  | { kind: 'issued'; esim: Esim; providerOrderId: string; costMinor: number | null }
  | { kind: 'waiting'; providerOrderId: string }
  /** Not what was ordered: never delivered. The message may quote the vendor. */
  | { kind: 'mismatch'; message: string };

export type Refusal = Extract<BuyOutcome, { kind: 'rejected' | 'retry_later' }>;
export type NoToken = { kind: 'no_token'; refusal: Refusal };

export const rejected = (why: RejectionKind, message: string): Refusal => ({
  kind: 'rejected',
  why,
  message,
});
export const unclear = (message: string): BuyOutcome => ({ kind: 'unknown', message });
export const unreachable = (message: string): LookUpOutcome => ({ kind: 'unreachable', message });

/** Only where 429 is a rate limit: at MobiMatter it means out of stock. */
export const tooMany = (answer: Answered): Refusal => ({
  kind: 'retry_later',
  afterMs: retryAfterMs(answer.headers, 60 * SECOND),
  message: describe(answer),
});

export function bought(reading: Reading): BuyOutcome {
  if (reading.kind === 'issued') return { ...reading, kind: 'bought' };
  if (reading.kind === 'waiting') return { ...reading, kind: 'pending' };
  return { kind: 'unknown', message: quoted(reading.message) };
}

export function found(reading: Reading): LookUpOutcome {
  if (reading.kind === 'issued') return { ...reading, kind: 'found' };
  if (reading.kind === 'waiting') return { ...reading, kind: 'pending' };
  return { kind: 'ambiguous', message: quoted(reading.message) };
}

/** For the operator and the log. A 2xx answer is not quoted: it may hold a token or an activation code. */
export function describe(answer: JsonAnswer | NoToken): string {
  if (answer.kind === 'no_token') return answer.refusal.message;
  if (answer.kind !== 'answered') return answer.message;
  const isSuccess = answer.status >= 200 && answer.status < 300;
  return `HTTP ${answer.status}: ${isSuccess ? 'not in the documented form' : quoted(answer.text)}`;
}

/** What a vendor's words may hold and no log may: activation codes, ICCIDs, addresses, tokens. */
const SECRETS = /LPA:1\$\S+|\b89\d{16,20}F?\b|[^\s"<>]+@[^\s"<>]+|Bearer\s+\S+/gi;

/** A foreign text, cut, and freed of control characters and of secrets. */
export const quoted = (text: string) =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(SECRETS, '[cut]')
    .slice(0, 200)
    .trim();

export const orUnknown = (buying: Promise<BuyOutcome>) =>
  buying.catch((error: unknown) => unclear(`interrupted: ${String(error)}`));

export const orUnreachable = (lookingUp: Promise<LookUpOutcome>) =>
  lookingUp.catch((error: unknown) => unreachable(`interrupted: ${String(error)}`));
