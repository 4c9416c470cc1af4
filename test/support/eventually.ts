import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/** Asks until there is an answer; throws at the deadline, naming what was waited for. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  deadlineMs = 5000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer) return answer;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`Not within ${deadlineMs} ms: ${what}`);
}
