import type { Refusals } from '../wholesaler/wholesaler.js';

/** Airalo Partner API docs: error handling. */
export const refusals: Refusals = {
  'sold-out': {
    status: 422,
    body: { code: 34, reason: 'The requested eSIM package is invalid or it is currently out of stock.' },
  },
  'no-balance': {
    status: 422,
    body: { code: 11, reason: 'Insufficient Airalo Credit: please top up your balance.' },
  },
  maintenance: {
    status: 422,
    body: { code: 13, reason: 'The requested operator is currently undergoing maintenance.' },
  },
  'rate-limited': { status: 429, body: { message: 'Too Many Attempts.' } },
  'server-error': { status: 500, body: { message: 'Server Error' } },
  unauthorized: { status: 401, body: { data: [], meta: { message: 'Unauthenticated.' } } },
};

/** Airalo Partner API docs: sandbox mode. Package ids that stand for a failure. */
const MAGIC = new Map<string, { code: number; reason: string }>([
  [
    'test-insufficient-balance-7days-1gb',
    { code: 11, reason: 'Insufficient Airalo Credit: please top up your balance.' },
  ],
  [
    'test-maintenance-mode-7days-1gb',
    { code: 13, reason: 'The requested operator is currently undergoing maintenance.' },
  ],
  ['test-disabled-top-up-7days-1gb', { code: 23, reason: 'Top-up is disabled for this package.' }],
  [
    'test-not-enough-7days-1gb',
    { code: 33, reason: 'Not enough eSIMs in stock for the requested quantity.' },
  ],
  [
    'test-out-of-stock-7days-1gb',
    { code: 34, reason: 'The requested eSIM package is invalid or it is currently out of stock.' },
  ],
]);

export const magicRefusal = (packageId: string) => MAGIC.get(packageId);

export const invalid = (data: Record<string, string>) => ({
  data,
  meta: { message: 'the parameter is invalid' },
});
export const success = <T>(data: T) => ({ data, meta: { message: 'success' } });
export const missing = { data: [], meta: { message: 'messages.resource_not_found' } };
