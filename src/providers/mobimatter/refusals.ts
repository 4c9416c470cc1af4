import type { Answered } from '../../lib/http.js';
import { describe, rejected, type Refusal } from '../outcomes.js';
import type { RejectionKind } from '../provider.js';

// MobiMatter reseller API, "errors". The HTTP status counts; `statusCode` in the body may differ.
const TERMINAL: Record<number, RejectionKind> = {
  401: 'misconfigured',
  402: 'insufficient_balance',
  403: 'misconfigured',
  /** Not a rate limit here. */
  429: 'out_of_stock',
  455: 'temporarily_unavailable',
};

/** Null where the answer is not documented to mean that nothing is held. */
export function createRefusal(answer: Answered): Refusal | null {
  return answer.status === 400
    ? rejected(/product/i.test(answer.text) ? 'invalid_product' : 'refused', describe(answer))
    : completeRefusal(answer);
}

/** A 400 is left open: whether a repeated completion of a finished order is answered so is not documented. */
export function completeRefusal(answer: Answered): Refusal | null {
  const why = TERMINAL[answer.status];
  return why ? rejected(why, describe(answer)) : null;
}
