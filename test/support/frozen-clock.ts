import { clock } from '../../src/lib/clock.js';

const running = { now: clock.now, date: clock.date };

/** Time stands still but for `pass`, so that a model knows to the millisecond what is due. `thaw` ends it. */
export function freezeClock(at = Math.ceil(Date.now() / 1000) * 1000) {
  let time = at;
  Object.assign(clock, { now: () => time, date: () => new Date(time) });
  return {
    pass: (ms: number) => void (time += ms),
    thaw: () => void Object.assign(clock, running),
  };
}
