import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkInvariants, isBroken } from '../../../src/operations/invariants.js';
import { checkSettledLedgers } from '../../../src/operations/invariants/ledgers.js';
import { world } from '../../support/environment.js';
import { ledgers } from '../../support/ledgers.js';
import type { Step } from './commands/step.js';
import { doWork, passTime } from './commands/worker.js';
import { inDoubt } from './model/doubt.js';
import { MINUTE, ModelShop } from './model/shop.js';
import { wordsOf as wordsOfModel } from './model/words.js';
import type { Accounts } from './real/account.js';
import { RealShop } from './real/shop.js';
import { readState, wordsOf } from './real/words.js';

/** Plays the steps in a new shop, lets time pass until nothing is under way, and asks the books. Returns how many were possible. */
export async function play(steps: Iterable<Step>, accounts: Accounts) {
  const model = new ModelShop();
  const shop = await RealShop.open(model, accounts);
  try {
    await fc.asyncModelRun(() => ({ model, real: shop }), steps);
    await settleDown(model, shop);
    await askTheBooks();
    return model.steps;
  } finally {
    shop.close();
  }
}

/** No payment page stays open for longer, nor does one that nobody ever saw. */
const UNTIL_PAGES_CLOSE = 41 * MINUTE;
const UNTIL_LOOKED_UP = 6 * MINUTE;

async function settleDown(model: ModelShop, shop: RealShop) {
  // News of payments that never arrive are not needed; of refunds made by hand there is no other word.
  if (model.purchases.some(({ unheard }) => unheard.length > 0)) await world.stripe.deliverAll();
  await shop.news.hear(model);
  await doWork(model, shop);
  for (let rounds = 0; isBusy(model); rounds += 1) {
    assert.ok(rounds < 40, `still busy: ${wordsOf(shop, await readState()).join('\n')}`);
    await passTime(model, shop, rounds === 0 ? UNTIL_PAGES_CLOSE : UNTIL_LOOKED_UP);
    await doWork(model, shop);
  }
  assert.equal(wordsOf(shop, await readState()).join('\n'), wordsOfModel(model).join('\n'));
}

const isBusy = (model: ModelShop) =>
  inDoubt(model).length > 0 ||
  model.purchases.some(({ state, session }) => state === 'open' || session === 'open');

async function askTheBooks() {
  const findings = [...(await checkInvariants()), ...(await checkSettledLedgers(ledgers()))];
  // Mails are not sent here, so nothing is asked of them.
  assert.deepEqual(
    findings.filter((finding) => isBroken(finding) && !/mail/.test(finding.invariant)),
    [],
  );
}
