import { expect } from 'chai';
import {
  atOneMoment,
  checkInvariants,
  checkOpenWork,
  checkSettled,
  isBroken,
  type Finding,
} from '../../src/operations/invariants.js';
import { aProduct } from '../support/factories.js';
import { sql } from '../support/refusals.js';
import { buy } from '../support/shopping.js';
import { checkUnits } from '../support/units.js';
import { afterwards, withoutWalls } from '../support/without-walls.js';
import { brokenBooks, rightBooks, settledBooks, unsettledBooks } from './broken/index.js';
import { aBusyShop } from './busy-shop.js';

const names = (findings: Finding[]) => findings.map(({ invariant }) => invariant);
const broken = (findings: Finding[]) => names(findings.filter(isBroken));

/** What is not found as it should be when these statements have run. */
async function missed(controls: Record<string, string[][]>, check: () => Promise<Finding[]>) {
  const wrong: string[] = [];
  for (const [invariant, ways] of Object.entries(controls)) {
    for (const [way, statements] of ways.entries()) {
      const found = await afterwards(statements, async () => broken(await check()));
      if (found.join() !== invariant) wrong.push(`${invariant} (${way}): ${found.join(', ') || 'not found'}`);
    }
  }
  return wrong;
}

describe('The invariants', () => {
  it('miss a unit that vanishes from a shelf, and one that appears', async () => {
    const plan = await aProduct();
    await buy(plan);
    expect((await checkUnits()).ids).to.deep.equal([]);
    for (const units of [-1, 1]) {
      await sql('UPDATE esim_products SET stock = stock + ? WHERE id = ?', units, plan.id);
      expect((await checkUnits()).ids).to.deep.equal([plan.id]);
      await (await plan.reload()).update({ stock: 20 + units });
      expect((await checkUnits()).ids).to.deep.equal([]);
    }
  });

  it('hold in an empty shop, and all of them in one that has sold', async () => {
    expect(broken(await checkSettled())).to.deep.equal([]);
    await buy(await aProduct());
    expect(broken(await atOneMoment(checkSettled))).to.deep.equal([]);
  });

  it('hold wherever orders can stand; each is found when it is broken, and no other with it', async function () {
    this.timeout(60_000);
    const shop = await aBusyShop();
    expect(broken(await checkInvariants())).to.deep.equal([]);
    expect(broken(await checkOpenWork())).to.deep.equal([
      'every paid order is delivered or given back, unless a person must decide',
      'what became of every attempt is known',
      'every refund has gone through, unless Stripe refused it',
    ]);

    const controls = brokenBooks(shop);
    const unsettled = unsettledBooks(shop);
    expect(names(await checkInvariants())).to.have.members(Object.keys(controls));
    expect(names(await checkOpenWork())).to.have.members(Object.keys(unsettled));
    await withoutWalls(async () => {
      expect(await missed(controls, checkInvariants)).to.deep.equal([]);
      for (const [what, statements] of Object.entries(rightBooks(shop)))
        expect(await afterwards(statements, async () => broken(await checkInvariants())), what).to.deep.equal(
          [],
        );
      await afterwards(settledBooks, async () => {
        expect(broken(await checkOpenWork())).to.deep.equal([]);
        expect(await missed(unsettled, checkOpenWork)).to.deep.equal([]);
      });
    });
  });
});
