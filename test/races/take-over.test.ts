import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { clock, MINUTE } from '../../src/lib/clock.js';
import { Order } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { count, sized } from '../support/figures.js';
import { pausingAt } from '../support/pausing.js';
import { finish, here, type Chore } from '../support/rivals.js';
import { workAfter } from '../support/work.js';
import { DELIVERED, Market, storyOf, type Sale } from './sale.js';
import { deliver } from './webhook.js';

/** All steps, or this one. */
const FIRST = sized(5, 1);
const LAST = sized(5, Infinity);
const LONGER_THAN_ANY_LEASE = 11 * MINUTE;

const REFUNDED = {
  stockState: 'released',
  moves: [
    'failed > refunded',
    'paid > refunded',
    'pending > paid',
    'pending > processing',
    'processing > failed',
  ],
  attempts: ['rejected'],
  bought: 0,
  refunds: 1,
  outbox: ['order_failed sent', 'refund_succeeded sent'],
  mails: 2,
};

const soldOut = () => ({ providerProductId: `japan-${randomUUID()}-sold-out` });

/** What lies in whose queue, and what must come of it. */
const QUEUES: { title: string; chore: Chore; prepare: (market: Market) => Promise<Sale>; end: object }[] = [
  { title: 'an order at Airalo', chore: 'fulfilment', prepare: (market) => market.known(), end: DELIVERED },
  {
    title: 'an order at MobiMatter',
    chore: 'fulfilment',
    prepare: (market) => market.known({ provider: 'MobiMatter', providerProductId: `MM-JP-${randomUUID()}` }),
    end: DELIVERED,
  },
  {
    title: 'an order at eSIM Card',
    chore: 'fulfilment',
    prepare: (market) => market.known({ provider: 'eSIM Card', providerProductId: randomUUID() }),
    end: DELIVERED,
  },
  {
    title: 'an order that nobody can deliver',
    chore: 'fulfilment',
    prepare: (market) => market.known(soldOut()),
    end: REFUNDED,
  },
  {
    title: 'a refund',
    chore: 'refunds',
    prepare: async (market) => {
      const sale = await market.known(soldOut());
      await finish(here, 'fulfilment');
      return sale;
    },
    end: REFUNDED,
  },
  {
    title: 'an event',
    chore: 'inbox',
    prepare: async (market) => {
      const sale = await market.paid();
      for (const { id } of world.stripe.events('checkout.session.completed').slice(-1))
        await deliver(id, here);
      return sale;
    },
    end: DELIVERED,
  },
];

describe('A worker that was away for longer than its lease', function () {
  this.timeout(sized(120_000, 0));

  for (const { title, chore, prepare, end } of QUEUES) {
    it(`leaves ${title} to the one who took over, at whatever step it comes back`, async () => {
      const market = await Market.open([here]);
      let met = true;
      for (let step = FIRST; met && step <= LAST; step += 1) {
        const sale = await prepare(market);
        let left: Order | undefined;
        const takeOver = async () => {
          clock.advance(LONGER_THAN_ANY_LEASE);
          const tookOver = await here.step(chore);
          await finish(here, chore);
          if (tookOver) left = await orderOf(sale);
        };
        met = await pausingAt(step, () => here.step(chore), takeOver);
        if (left) expect((await orderOf(sale)).get(), `at step ${step}`).to.deep.equal(left.get());

        for (let minute = 0; minute < 15 && !(await orderOf(sale)).settled(); minute += 1)
          await workAfter(MINUTE);
        await workAfter(MINUTE);
        const story = await storyOf(await orderOf(sale), sale.plan);
        // What was begun and never asked for is given up before the next try.
        story.attempts = story.attempts.filter((state) => state !== 'abandoned');
        expect(story, `at step ${step}`).to.deep.equal(end);
        count('interleavings', met ? 1 : 0);
        count('orders worked by rival workers', met ? 1 : 0);
      }
    });
  }
});

async function orderOf({ buyer }: Sale) {
  return Order.findOne({ where: { customerEmail: buyer.email }, rejectOnEmpty: true });
}
