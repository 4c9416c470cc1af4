import { expect } from 'chai';
import { isBroken, type Finding } from '../../src/operations/invariants.js';
import {
  checkLedgers,
  checkLedgersTwice,
  checkSettledLedgers,
  findOrphans,
  type Ledgers,
} from '../../src/operations/invariants/ledgers.js';
import { readLedgers } from '../../src/simulators/ledgers.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { ledgers } from '../support/ledgers.js';
import { buy } from '../support/shopping.js';
import { aBusyShop } from './busy-shop.js';
import { alteredLedgers, unsettledLedgers } from './altered-ledgers.js';

const names = (findings: Finding[]) => findings.map(({ invariant }) => invariant);
const broken = (findings: Finding[]) => names(findings.filter(isBroken));

type Alterations = ReturnType<typeof alteredLedgers>;

/** What is not found as it should be in ledgers that were altered in these ways. */
async function missed(alterations: Alterations, check: typeof checkLedgers) {
  const wrong: string[] = [];
  for (const [invariant, ways] of Object.entries(alterations)) {
    for (const [way, alter] of ways.entries()) {
      const altered = structuredClone(ledgers());
      alter(altered);
      const found = broken(await check(altered));
      if (found.join() !== invariant) wrong.push(`${invariant} (${way}): ${found.join(', ') || 'not found'}`);
    }
  }
  return wrong;
}

describe('The books of the shop and of the outside world', () => {
  it('agree wherever orders can stand; what differs is found, and nothing else with it', async () => {
    const shop = await aBusyShop();
    expect(broken(await checkLedgers(ledgers()))).to.deep.equal([]);
    expect(broken(await checkSettledLedgers(ledgers()))).to.deep.equal([]);

    const altered = alteredLedgers(shop);
    const unsettled = unsettledLedgers(shop);
    expect(names(await checkLedgers(ledgers()))).to.have.members(Object.keys(altered));
    expect(await missed(altered, checkLedgers)).to.deep.equal([]);
    expect(names(await checkSettledLedgers(ledgers()))).to.have.members([
      ...Object.keys(altered),
      ...Object.keys(unsettled),
    ]);
    expect(await missed(unsettled, checkSettledLedgers)).to.deep.equal([]);
  });

  it('name the eSIMs that were bought and that no order has', async () => {
    world.esimCard.fault({ fault: 'timeout-bought', times: 1 });
    await buy(
      await aProduct({ provider: 'eSIM Card', providerProductId: '00306b97-0b66-42f8-bed2-29def8a0a12d' }),
    );
    expect(await findOrphans(ledgers())).to.deep.equal([
      `eSIM Card ${world.esimCard.ledger()[0]!.providerOrderId}`,
    ]);
  });

  it('are believed to differ when they do so twice, and not where the mailbox forgets', async () => {
    await buy(await aProduct());
    const without = { ...ledgers(), mailbox: { mails: [], keptSince: 0 } };
    const reading =
      (...answers: Ledgers[]) =>
      async () =>
        answers.shift()!;
    expect(broken(await checkLedgersTwice(reading(without, ledgers())))).to.deep.equal([]);
    expect(broken(await checkLedgersTwice(reading(without, without)))).to.deep.equal([
      'every mail that was sent has arrived',
    ]);
    const forgotten = { ...without, mailbox: { mails: [], keptSince: Infinity } };
    expect(broken(await checkLedgers(forgotten))).to.deep.equal([]);
  });

  it('are read from the simulators, unless these do not run', async () => {
    await buy(await aProduct());
    const at = {
      stripe: world.stripe.url,
      airalo: world.airalo.baseUrl,
      mobiMatter: world.mobiMatter.baseUrl,
      esimCard: world.esimCard.baseUrl,
      mailbox: world.mailbox.url,
    };
    const read = await readLedgers(at);
    const { mailbox, ...others } = JSON.parse(JSON.stringify(ledgers())) as Ledgers;
    expect(read).to.deep.include(others);
    expect(read!.mailbox.mails.map(({ messageId, to, text }) => ({ messageId, to, text }))).to.deep.equal(
      mailbox.mails.map(({ messageId, to, text }) => ({ messageId, to, text })),
    );
    expect(await readLedgers({ ...at, airalo: 'http://127.0.0.1:1' })).to.equal(null);
  });
});
