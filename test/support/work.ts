import { clock } from '../../src/lib/clock.js';
import { CHORES } from '../../src/operations/work.js';
import { world } from './environment.js';

/** Lets the worker do everything that is due now: a chore that finds nothing ends its turn, and all end together. */
export async function work() {
  await world.stripe.settled();
  let worked: boolean;
  do {
    worked = false;
    for (const { step } of Object.values(CHORES)) {
      while (await step()) worked = true;
    }
  } while (worked);
}

/** Time passes, and the worker does what has become due. */
export async function workAfter(ms: number) {
  clock.advance(ms);
  world.stripe.tick();
  await work();
}
