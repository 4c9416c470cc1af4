import { MINUTE } from './clock.js';

/** Zones by their IANA names, UTC first. */
export const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::\d\d)?$/;

/**
 * The instant, in epoch milliseconds, at which clocks in a zone show `2026-12-01T09:00`. Of an hour that is there twice,
 * the first. Null for what is no such time there: 31 February, or an hour that is skipped.
 */
export function instantIn(local: string, zone: string): number | null {
  const [, year, month, day, hour, minute] = LOCAL.exec(local)?.map(Number) ?? [];
  if (year === undefined || year < 2000 || !ZONES.includes(zone)) return null;
  const asIfUtc = Date.UTC(year, month! - 1, day, hour, minute);
  const wanted = local.slice(0, 16);
  const guesses = [-DAY_OFF, DAY_OFF].map((near) => asIfUtc - offsetAt(asIfUtc + near, zone));
  return guesses.toSorted((a, b) => a - b).find((guess) => localIn(guess, zone) === wanted) ?? null;
}

/** A change of clocks is never nearer to another one than that. */
const DAY_OFF = 24 * 60 * MINUTE;

/** What clocks in a zone show, as `2026-12-01T09:00`. */
export function localIn(instant: number, zone: string): string {
  return new Date(instant + offsetAt(instant, zone)).toISOString().slice(0, 16);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far a zone is ahead of UTC, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    const digits = {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    } as const;
    format = new Intl.DateTimeFormat('en-US', { ...digits, hourCycle: 'h23', timeZone: zone });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const shown = Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute);
  return shown - Math.floor(instant / MINUTE) * MINUTE;
}
