import fc from 'fast-check';
import { onSqlite } from '../../../src/database.js';
import { count, sized } from '../../support/figures.js';
import { holds } from '../../support/properties.js';
import { COMMANDS } from './commands/all.js';
import { play } from './play.js';
import { logInBoth, type Accounts } from './real/account.js';
import { clearOut } from './real/shop.js';

const SEQUENCES = sized(10, onSqlite ? 2500 : 500);

/** One of several parts with different sequences, each a test file of its own, so that the proof plays two at once. */
export function playPart(part: number) {
  describe(`The shop, whatever people do and in whatever order, part ${part}`, function () {
    this.timeout(sized(60_000, 0));
    let accounts: Accounts;

    beforeEach('Bob and Carol log in', async () => {
      accounts = await logInBoth();
    });
    afterEach('leave nothing behind', clearOut);

    it('is where a small model of it is', async () => {
      let commands = 0;
      await holds(
        SEQUENCES,
        fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 60, size: 'max' }), async (steps) => {
          commands += await play(steps, accounts);
        }),
        part,
      );
      count('model sequences', SEQUENCES);
      count('model commands', commands);
    });
  });
}
