import { expect } from 'chai';
import { ROOT } from '../../src/lib/root.js';
import { count, sized } from '../support/figures.js';
import { inTwos } from './in-twos.js';
import { firstFailure } from './run-tests.js';
import { everyWall, nameOf, testsOf } from './walls.js';
import type { Wall } from './walls.js';

/** Not test/migrations.test.ts: its picture of the schema would notice everything and prove nothing. */
const ALL = ['models/**/*.test.ts', 'coupons/**/*.test.ts'];

/** The tests of the wall's own table find it soonest. */
async function isMissed(wall: Wall, lane: number) {
  const env = { TAKE_AWAY: JSON.stringify(wall) };
  for (const spec of [testsOf(wall), ALL]) {
    if (spec.length > 0 && (await firstFailure({ spec }, ROOT, lane, env))) return true;
  }
  return false;
}

describe('Every wall', function () {
  this.timeout(0);

  it('is missed by a test when it is taken away', async () => {
    const walls = await everyWall();
    const tried = walls.slice(0, sized(1, walls.length));
    const unnoticed: string[] = [];
    await inTwos(tried, async (wall, lane) => {
      if (!(await isMissed(wall, lane))) unnoticed.push(nameOf(wall));
    });
    count('walls taken away', tried.length);
    count('walls missed', tried.length - unnoticed.length);
    expect(unnoticed).to.deep.equal([]);
  });
});
