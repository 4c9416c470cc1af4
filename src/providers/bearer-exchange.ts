import { exchangeJson, type JsonAnswer } from '../lib/http.js';
import { MAX_BYTES, withoutSlash } from './wire.js';

export type Exchange = (
  method: 'GET' | 'POST',
  path: string,
  timeoutMs: number,
  content: { token?: string; json?: object },
) => Promise<JsonAnswer>;

/** One call below a base address, with the bearer token if there is one yet. */
export function bearerExchange(baseUrl: string): Exchange {
  return (method, path, timeoutMs, { token, json }) =>
    exchangeJson({
      method,
      url: `${withoutSlash(baseUrl)}${path}`,
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      json,
      timeoutMs,
      maxBytes: MAX_BYTES,
    });
}
