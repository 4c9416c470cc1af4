import { HOUR, clock } from '../lib/clock.js';
import { RULES } from './retention/rules.js';

const EVERY = HOUR;

let nextAt = 0;

/**
 * A chore of the worker: what was only to be kept for a time is taken out, one small batch at a call, so that nobody
 * waits long for the write lock. Returns whether there may be more.
 */
export async function retainNext(): Promise<boolean> {
  if (clock.now() < nextAt) return false;
  for (const forgetBatch of Object.values(RULES)) if ((await forgetBatch()) > 0) return true;
  nextAt = clock.now() + EVERY;
  return false;
}

/** All of it at once, whenever it was done last. */
export async function retain() {
  nextAt = 0;
  while (await retainNext());
}
