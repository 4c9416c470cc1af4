import { add, buy, buyAndDie, remove } from './commands/visitors.js';
import { payLast, refundByHand } from './commands/stripe.js';
import { trouble, work, workAfter } from './commands/worker.js';
import { MINUTE, PLANS } from './model/shop.js';
import { play } from './play.js';
import { logInBoth, type Accounts } from './real/account.js';
import { clearOut } from './real/shop.js';

/** What chance has found, played again each time. */
describe('The shop, in a sequence that once went wrong', () => {
  let accounts: Accounts;

  beforeEach('Bob and Carol log in', async () => {
    accounts = await logInBoth();
  });
  afterEach('leave nothing behind', clearOut);

  for (const unclear of PLANS.slice(0, 2)) {
    it(`a payment for two eSIMs is refunded by hand while nobody knows whether ${unclear} was bought`, async () => {
      await play(
        [
          trouble(unclear, 0),
          add('alice', 'japan', 1),
          add('alice', 'korea', 1),
          buy('alice', 'ann@example.com'),
          payLast(),
          work(),
          refundByHand(0, 'all'),
          workAfter(MINUTE),
        ],
        accounts,
      );
    });
  }

  it('what is taken out of a cart is put in again, while an unpaid checkout of the same cart holds some of it', async () => {
    await play(
      [add('alice', 'korea', 1), buyAndDie('alice', 'ann@example.com'), remove(0), add('alice', 'korea', 3)],
      accounts,
    );
  });
});
