import { HOUR } from './clock.js';

/** How long to wait after this many tries, milliseconds: twice as long each time, an hour at most. */
export const backOff = (tries: number, unitMs: number) => Math.min(HOUR, 2 ** tries * unitMs);
