/** The time where a rule depends on it. Tests move it on with `clock.advance` instead of waiting. */
let offsetMs = 0;

export const clock = {
  /** Epoch milliseconds. */
  now: () => Date.now() + offsetMs,
  date: () => new Date(Date.now() + offsetMs),
  advance(ms: number) {
    offsetMs += ms;
  },
  reset() {
    offsetMs = 0;
  },
};

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
