import { expect } from 'chai';
import { onSqlite } from '../../src/database.js';
import type { Product } from '../../src/models/index.js';
import type { Answer, Buyer } from '../support/buyer.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { count, sized } from '../support/figures.js';
import { finish, here, openRivals } from '../support/rivals.js';
import { crowd, halfPay, losersOf, rush, unitsOf, winnersOf, type Attempt } from './crowd.js';

const CROWD = sized(12, 1000);
const UNITS = sized(4, 50);
/** Of each of the four kinds. */
const ROUNDS = sized(1, onSqlite ? 5 : 3);
const SOLD_OUT = /^(.+ is sold out|Only \d+ of .+ left)\.$/;

/** Round after round a crowd with full carts sells the shelf out; whoever got nothing comes again to the next. */
async function rounds(
  fill: (buyer: Buyer, number: number) => Promise<Answer>,
  sellOut: (buyers: Buyer[]) => Promise<Buyer[]>,
) {
  let comeAgain: Buyer[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const newcomers = await crowd(CROWD - comeAgain.length, fill);
    comeAgain = await sellOut([...comeAgain, ...newcomers]);
  }
}

async function sell(buyers: Buyer[]) {
  const attempts = await rush(buyers);
  count('race purchases', attempts.length);
  return { winners: winnersOf(attempts, SOLD_OUT), losers: losersOf(attempts) };
}

/** As many units as were there are in the winners' hands, and not one more. */
async function expectSoldOut(plan: Product, taken: number, offered = UNITS) {
  expect(await unitsOf(plan)).to.include({ stock: 0, isActive: false, held: UNITS });
  expect(taken).to.equal(offered);
  count('units in stock', offered);
  count('units sold', taken);
}

/** Half of the winners pay, the units of the others lie on the shelf again, and what is missing there is brought. */
async function settleAndRestock(plans: Product[], winners: Attempt[]) {
  const before = await Promise.all(plans.map(unitsOf));
  await halfPay(winners);
  for (const [number, plan] of plans.entries()) {
    const { stock, isActive, held, consumed } = await unitsOf(plan);
    expect({ held, all: stock + consumed }).to.deep.equal({ held: 0, all: UNITS + before[number]!.consumed });
    expect(isActive).to.equal(stock > 0);
    await plan.update({ stock: UNITS });
  }
}

describe('The last units', function () {
  this.timeout(sized(120_000, 0));

  before(openRivals);

  it('go to as many buyers as there are units, and everybody else is told so', async () => {
    const plan = await aProduct({ stock: UNITS });
    await rounds(
      (buyer) => buyer.put(plan),
      async (buyers) => {
        const { winners, losers } = await sell(buyers);
        await expectSoldOut(plan, winners.length);
        await settleAndRestock([plan], winners);
        return losers;
      },
    );
  });

  it('go out to the last one when some want several', async () => {
    const plan = await aProduct({ stock: UNITS });
    const wishes = new Map<Buyer, number>();
    const fill = (buyer: Buyer, units: number) => {
      wishes.set(buyer, units);
      return buyer.put(plan, units);
    };
    await rounds(
      (buyer, number) => fill(buyer, 1 + (number % 3)),
      async (buyers) => {
        const { winners, losers } = await sell(buyers);
        const { stock } = await plan.reload();
        expect(losers.filter((buyer) => wishes.get(buyer)! <= stock)).to.deep.equal([]);
        const last = await sell(await crowd(stock, (buyer) => fill(buyer, 1)));
        winners.push(...last.winners);
        await expectSoldOut(
          plan,
          winners.reduce((sum, { buyer }) => sum + wishes.get(buyer)!, 0),
        );
        await settleAndRestock([plan], winners);
        return losers;
      },
    );
  });

  it('of two plans go together, whichever a buyer has put into the cart first', async () => {
    const plans = [await aProduct({ stock: UNITS }), await aProduct({ stock: UNITS })];
    await rounds(
      async (buyer, number) => {
        const [first, second] = number % 2 === 0 ? plans : plans.toReversed();
        await buyer.put(first!);
        return buyer.put(second!);
      },
      async (buyers) => {
        const { winners, losers } = await sell(buyers);
        for (const plan of plans) await expectSoldOut(plan, winners.length);
        await settleAndRestock(plans, winners);
        return losers;
      },
    );
  });

  it('that come back while others buy are bought again', async () => {
    const plan = await aProduct({ stock: UNITS });
    await rounds(
      (buyer) => buyer.put(plan),
      async (buyers) => {
        const early = await sell(buyers.slice(0, CROWD / 2));
        const leaving = early.winners.splice(0, UNITS / 2);
        const [late] = await Promise.all([sell(buyers.slice(CROWD / 2)), runOut(leaving)]);
        const [again, home] = [early.losers.slice(0, UNITS), early.losers.slice(UNITS)];
        const last = await sell(again);
        const winners = [...early.winners, ...late.winners, ...last.winners];
        await expectSoldOut(plan, winners.length + leaving.length, UNITS + leaving.length);
        await settleAndRestock([plan], winners);
        return [...home, ...late.losers, ...last.losers];
      },
    );
  });
});

/** One after the other their payment pages close, and the shop hears of it. */
async function runOut(attempts: Attempt[]) {
  for (const { session } of attempts) {
    world.stripe.expire(session);
    await world.stripe.settled();
    await finish(here, 'inbox');
  }
}
