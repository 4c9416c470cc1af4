import { expect } from 'chai';
import { Op } from 'sequelize';
import { randomUUID } from 'node:crypto';
import { onSqlite } from '../../src/database.js';
import { EmailLog, FulfilmentAttempt, Order, type Product } from '../../src/models/index.js';
import { CHORES } from '../../src/operations/work.js';
import { world } from '../support/environment.js';
import { eventually } from '../support/eventually.js';
import { aProduct } from '../support/factories.js';
import { count, sized } from '../support/figures.js';
import { here, startWorkers } from '../support/rivals.js';
import { crowd, rush, winnersOf } from './crowd.js';

const BUYERS = sized(2, 50);

/** From each wholesaler one, and one that nobody has. */
async function aBasket(): Promise<Product[]> {
  return [
    await aProduct({ provider: 'Airalo' }),
    await aProduct({ provider: 'MobiMatter', providerProductId: `MM-JP-${randomUUID()}` }),
    await aProduct({ provider: 'eSIM Card', providerProductId: randomUUID() }),
    await aProduct({ provider: 'Airalo', providerProductId: `japan-${randomUUID()}-sold-out` }),
  ];
}

/** Everybody pays for a basket of four eSIMs. */
async function salesAtOnce() {
  const baskets = await Promise.all(Array.from({ length: BUYERS }, aBasket));
  const buyers = await crowd(BUYERS, async (buyer, number) => {
    const answers = [];
    for (const plan of baskets[number]!) answers.push(await buyer.put(plan));
    return answers.at(-1)!;
  });
  for (const { session } of winnersOf(await rush(buyers), /never/)) world.stripe.pay(session);
  await world.stripe.settled();
}

/** How it was is asked a week later. */
const AT_ONCE = { kind: { [Op.ne]: 'review_invitation' } } as const;

const allDone = async () =>
  (await Order.findAll()).every((order) => order.settled()) &&
  (await EmailLog.count({ where: { status: 'queued', ...AT_ONCE } })) === 0;

/** So many workers on one queue: lanes of the one process of SQLite, processes beside each other on PostgreSQL. */
const workersOf = (number: number) => (onSqlite ? inLanes(number) : inProcesses(number));

async function inLanes(number: number) {
  const chores = Array.from({ length: number }, () => Object.keys(CHORES) as (keyof typeof CHORES)[]).flat();
  while (!(await allDone())) await Promise.all(chores.map((chore) => here.step(chore)));
}

async function inProcesses(number: number) {
  const stop = await startWorkers(number);
  await eventually('all orders are delivered or refunded', allDone, 120_000);
  await stop();
}

describe('Several workers on one queue', function () {
  this.timeout(sized(120_000, 0));

  for (const number of [2, 4].slice(0, sized(1, 2))) {
    it(`(${number} of them) buy, refund and mail each order once`, async () => {
      await salesAtOnce();
      await workersOf(number);

      const orders = await Order.findAll();
      const attempts = await FulfilmentAttempt.findAll();
      const delivered = orders.filter(({ status }) => status === 'completed');
      const refunded = orders.filter(({ status }) => status === 'refunded');
      expect([delivered.length, refunded.length]).to.deep.equal([3 * BUYERS, BUYERS]);
      expect(attempts.map(({ orderId }) => orderId)).to.have.members(orders.map(({ id }) => id));
      // Claimed once to be bought, and once more to be given up.
      expect([delivered, refunded].map(claims)).to.deep.equal([[1], [2]]);

      const bought = [world.airalo, world.mobiMatter, world.esimCard].flatMap((sim) => sim.ledger());
      expect(bought.map(({ iccid }) => iccid)).to.have.members(delivered.map(({ esimIccid }) => esimIccid));
      expect(world.stripe.ledger().refunds.map(({ metadata }) => metadata.order_id)).to.have.members(
        refunded.map(({ publicId }) => publicId),
      );
      const outbox = await EmailLog.findAll({ where: AT_ONCE });
      expect(outbox).to.have.length(3 * BUYERS + 2 * BUYERS);
      expect(world.mailbox.mails().map(({ messageId }) => messageId)).to.have.members(
        outbox.map(({ messageId }) => messageId),
      );
      count('orders worked by rival workers', orders.length);
    });
  }
});

const claims = (orders: Order[]) => [...new Set(orders.map(({ fence }) => fence))];
