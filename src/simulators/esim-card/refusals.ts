import { Answer } from '../wholesaler/answer.js';
import type { Refusals } from '../wholesaler/wholesaler.js';

const no = (message: string) => ({ status: false, message });

/** eSIM Card reseller API: a refused purchase is HTTP 200 with `status: false`. */
export const refusals: Refusals = {
  'sold-out': { status: 200, body: no('This package is not available at the moment: out of stock') },
  'no-balance': { status: 200, body: no('Purchase failed: Insufficient Wallet Balance') },
  maintenance: { status: 503, body: { message: 'Service Unavailable' } },
  'rate-limited': { status: 429, body: { message: 'Too Many Attempts.' } },
  'server-error': { status: 500, body: { message: 'Server Error' } },
  unauthorized: { status: 401, body: { message: 'Unauthenticated.' } },
};

export const refusal = (message: string) => new Answer(200, no(message));
export const success = <T>(data: T) => ({ status: true, data });

export const invalid = (field: string, message: string) =>
  new Answer(422, { message: 'The given data was invalid.', errors: { [field]: [message] } });
