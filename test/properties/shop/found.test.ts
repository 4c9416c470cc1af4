import { add, buy, buyAndDie, remove } from './commands/visitors.js';
import { promiseRefund } from './commands/staff.js';
import { payLast, postmanLeaves, refundByHand } from './commands/stripe.js';
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

  it('the rest of a payment is refunded by hand, unheard, after staff gave one of its eSIMs back', async () => {
    await play(
      [
        add('alice', 'japan', 2),
        buy('alice', 'ann@example.com'),
        payLast(),
        work(),
        promiseRefund(0),
        workAfter(10_000),
        postmanLeaves(),
        refundByHand(0, 'all'),
        work(),
      ],
      accounts,
    );
  });
});
