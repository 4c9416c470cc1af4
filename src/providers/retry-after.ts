import { clock, HOUR, SECOND } from '../lib/clock.js';

/** Seconds or a date (RFC 9110, 10.2.3), kept between a second and an hour. */
export function retryAfterMs(headers: Headers, otherwiseMs: number): number {
  const value = headers.get('retry-after') ?? '';
  const ms = /^\d+$/.test(value) ? Number(value) * SECOND : Date.parse(value) - clock.now();
  return Number.isNaN(ms) ? otherwiseMs : Math.min(Math.max(ms, SECOND), HOUR);
}
