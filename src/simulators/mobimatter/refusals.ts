import { Answer } from '../wholesaler/answer.js';
import type { Refusals } from '../wholesaler/wholesaler.js';

const error = (statusCode: number, message: string) => ({ statusCode, message });

/** MobiMatter docs: placing an order. 429 means out of stock, and the 402 carries a 400 in its body, as the real one does. */
export const refusals: Refusals = {
  'sold-out': { status: 429, body: error(429, 'Product is out of stock') },
  'no-balance': { status: 402, body: error(400, 'Unable to authorize funds: insufficient balance') },
  maintenance: { status: 455, body: error(455, 'Product source is not available') },
  'rate-limited': { status: 500, body: error(500, 'MobiMatter publishes no rate limit') },
  'server-error': { status: 500, body: error(500, 'Internal server error') },
  unauthorized: { status: 401, body: error(401, 'Unauthorized') },
};

export const refusal = (status: number, message: string) => new Answer(status, error(status, message));
export const orderNotFound = () => refusal(404, 'order not found');

export const success = <T>(result: T) => ({ statusCode: 200, result });
