import { expect } from 'chai';
import { ShopError } from '../../src/errors.js';
import { fulfilNext } from '../../src/fulfilment/run.js';
import { issueByHand } from '../../src/fulfilment/issue-by-hand.js';
import { retryOrder } from '../../src/fulfilment/retry.js';
import { settleAsBought, settleAsNotBought } from '../../src/fulfilment/settle-attempt.js';
import { TypedEsim } from '../../src/fulfilment/typed-esim.js';
import { MINUTE, clock } from '../../src/lib/clock.js';
import { FulfilmentAttempt, Order, Refund, type User } from '../../src/models/index.js';
import { refundByStaff } from '../../src/payments/refund-by-staff.js';
import { TYPED } from '../support/desk.js';
import { world } from '../support/environment.js';
import { aProduct, aUser } from '../support/factories.js';
import { count, sized } from '../support/figures.js';
import { pausingAt } from '../support/pausing.js';
import { startBuying } from '../support/shopping.js';
import { workAfter } from '../support/work.js';
import { hear } from './webhook.js';
import { here } from '../support/rivals.js';

/** Every so many-th moment of the worker's; all at full size. */
const STRIDE = sized(3, 1);

let eSims = 0;

/** Another eSIM each time. */
function typed() {
  eSims += 1;
  return TypedEsim.parse({
    ...TYPED,
    iccid: `8901${String(eSims).padStart(15, '0')}`,
    iccid_anyway: 'yes',
    provider_order_id: `PORTAL-${eSims}`,
    activation_code: `1$smdp.example.com$HAND-${eSims}`,
  });
}

/** A paid order that the worker has not looked at. */
async function aPaidOrder() {
  world.stripe.webhooks = 'held';
  const { session } = await startBuying(await aProduct());
  world.stripe.pay(session);
  await hear(session, here);
  return Order.findOne({ where: { status: 'pending', paymentStatus: 'paid' }, rejectOnEmpty: true });
}

/** 'done', or the key of the sentence that refused it. */
const told = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof ShopError) return error.key;
      throw error;
    },
  );

type Deed = (order: Order, staff: User) => Promise<unknown>;

const DEEDS: Record<string, Deed> = {
  'issues by hand': ({ publicId }, staff) => issueByHand(publicId, typed(), 'A race', staff),
  refunds: ({ publicId }, staff) => refundByStaff(publicId, 'A race', staff),
  retries: ({ publicId }, staff) => retryOrder(publicId, staff),
};

/** Bought by the shop, issued by hand, or given back: one of them, and what was seen is never taken for unseen. */
async function expectOneEnd(order: Order, name: string, at: number) {
  await workAfter(20 * MINUTE);
  await order.reload();
  const race = `${name} at ${at}`;
  const won = await FulfilmentAttempt.findAll({ where: { orderId: order.id, state: 'succeeded' } });
  const bought = world.airalo
    .ledger()
    .filter(({ reference }) => reference?.startsWith(order.publicId)).length;
  const refunded = (await Refund.count({ where: { orderId: order.id } })) > 0;
  const byHand = won.filter(({ settledById }) => settledById).length;
  expect(bought + byHand, race).to.equal(won.length);
  expect(order.status, race).to.equal(refunded ? 'refunded' : 'completed');
  // Refunded after the delivery, or instead of it.
  expect(won.length, race).to.be.oneOf(refunded ? [0, 1] : [1]);
  return { bought, byHand, refunded };
}

describe('Staff at the desk, while the worker is at the same order,', function () {
  this.timeout(sized(120_000, 0));

  for (const [name, deed] of Object.entries(DEEDS)) {
    it(`${name}, and the order has one end`, async () => {
      const staff = await aUser({ role: 'admin' });
      const ends = new Set<string>();
      for (let at = 1; ; at += STRIDE) {
        const order = await aPaidOrder();
        let answer = '';
        const ran = await pausingAt(at, fulfilNext, async () => {
          answer = await told(deed(order, staff));
        });
        const { bought, byHand, refunded } = await expectOneEnd(order, name, at);
        if (name === 'issues by hand' && ran) expect(byHand, `at ${at}`).to.equal(answer === 'done' ? 1 : 0);
        if (name === 'refunds' && ran) expect(refunded, `at ${at}`).to.equal(answer === 'done');
        ends.add(`${bought} bought, ${byHand} by hand`);
        count('interleavings', 1);
        if (!ran) break;
      }
      expect(ends).to.include('1 bought, 0 by hand');
      if (name !== 'retries') expect(ends.size).to.be.above(1);
    });
  }

  it('issues by hand and refunds at once: the first is done, the second is told', async () => {
    const [one, other] = [await aUser({ role: 'admin' }), await aUser({ role: 'admin' })];
    for (let turn = 0; turn < sized(4, 40); turn += 1) {
      const order = await aPaidOrder();
      const deeds = [DEEDS['issues by hand']!, DEEDS['refunds']!];
      const answers = await Promise.all(
        (turn % 2 ? deeds.toReversed() : deeds).map((deed, place) => told(deed(order, place ? one : other))),
      );
      expect(answers, `turn ${turn}`).to.include('done');
      await expectOneEnd(order, 'both', turn);
      count('interleavings', 1);
    }
  });

  for (const [what, fault, settle] of [
    [
      'says that nothing was bought, while the worker finds that out',
      'timeout-not-bought',
      ({ publicId }: Order, staff: User) => settleAsNotBought(publicId, 'A race', staff),
    ],
    [
      'says what was bought, while the wholesaler answers late',
      'timeout-bought',
      ({ publicId }: Order, staff: User) => settleAsBought(publicId, asSold(publicId), 'A race', staff),
    ],
  ] as const)
    it(`${what}, and the order has one end`, async () => {
      const staff = await aUser({ role: 'admin' });
      const answers = new Set<string>();
      for (let at = 1; ; at += STRIDE) {
        const order = await aPaidOrder();
        world.airalo.fault({ fault, times: 1 });
        await fulfilNext();
        clock.advance(16 * MINUTE);
        const ran = await pausingAt(at, fulfilNext, async () => {
          answers.add(await told(settle(order, staff)));
        });
        await workAfter(20 * MINUTE);
        await order.reload();
        const sold = world.airalo.ledger().filter(({ reference }) => reference?.startsWith(order.publicId));
        const won = await FulfilmentAttempt.count({ where: { orderId: order.id, state: 'succeeded' } });
        expect([sold.length, won], `${what} at ${at}`).to.deep.equal(
          order.status === 'completed' ? [1, 1] : [0, 0],
        );
        if (fault === 'timeout-bought') expect(order.status).to.equal('completed');
        count('interleavings', 1);
        if (!ran) break;
      }
      // Before the worker has it, the word counts; while it asks, and after, it is refused.
      expect([...answers])
        .to.include('done')
        .and.to.include('errors.desk.atWork');
    });
});

/** What the wholesaler's own pages show of the order. */
function asSold(publicId: string) {
  const sold = world.airalo.ledger().find(({ reference }) => reference?.startsWith(publicId))!;
  return TypedEsim.parse({
    provider: 'Airalo',
    provider_order_id: sold.providerOrderId,
    iccid: sold.iccid,
    iccid_anyway: 'yes',
    activation_code: sold.lpa,
  });
}
