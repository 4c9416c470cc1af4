import { DAY, clock } from '../../lib/clock.js';

/** The spans of the figures: today from midnight UTC, and the last days with today among them. */
export const SPANS = { today: 1, week: 7, month: 30 } as const;
export type Span = keyof typeof SPANS;

/** Midnight UTC of the first day of `days` days that end with today; epoch milliseconds. */
export const beginOf = (days: number) => (Math.floor(clock.now() / DAY) - days + 1) * DAY;
