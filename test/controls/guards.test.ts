import { expect } from 'chai';
import { onSqlite } from '../../src/database.js';
import { count, sized } from '../support/figures.js';
import { GUARDS } from './guards.js';
import { inTwos } from './in-twos.js';
import { firstFailure } from './run-tests.js';
import { copyOfTree, timesFound, without } from './tree.js';

describe('The guards', function () {
  this.timeout(0);

  it('stand where the list says', () => {
    const lost = GUARDS.filter((guard) => timesFound(guard) !== 1).map(({ guard }) => guard);
    expect(lost).to.deep.equal([]);
  });

  it('are each missed by a test when they are taken away', async () => {
    const here = GUARDS.filter(({ onPostgres }) => Boolean(onPostgres) !== onSqlite);
    const tried = here.slice(-sized(1, here.length));
    const folders = [copyOfTree(0), copyOfTree(1)];
    const unnoticed: string[] = [];
    await inTwos(tried, async (guard, lane) => {
      const red = await without(guard, folders[lane]!, () => firstFailure(guard, folders[lane]!, lane));
      if (process.env.PROOF)
        console.log(`      ${red ? 'missed ' : 'UNNOTICED'} ${guard.guard} ${red ? `(${red})` : ''}`);
      if (!red) unnoticed.push(guard.guard);
    });
    count('guards taken away', tried.length);
    count('guards missed', tried.length - unnoticed.length);
    expect(unnoticed).to.deep.equal([]);
  });
});
