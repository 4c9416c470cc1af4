import type { z } from 'zod';
import { SECOND } from '../lib/clock.js';
import type { JsonAnswer } from '../lib/http.js';
import type { NoToken } from './outcomes.js';

/** Milliseconds. `buy` is the longest of the purchase calls. */
export interface Timeouts {
  token: number;
  buy: number;
  read: number;
}

export const TIMEOUTS: Timeouts = { token: 15 * SECOND, buy: 60 * SECOND, read: 20 * SECOND };

/** Far above any answer about one purchase. */
export const MAX_BYTES = 256 * 1024;

export const withoutSlash = (url: string) => url.replace(/\/+$/, '');

/** What a 2xx answer says, as far as it has the documented form. */
export function contentOf<S extends z.ZodType>(
  form: S,
  answer: JsonAnswer | NoToken,
): z.output<S> | undefined {
  if (answer.kind !== 'answered' || answer.status < 200 || answer.status > 299) return undefined;
  return form.safeParse(answer.body).data;
}
