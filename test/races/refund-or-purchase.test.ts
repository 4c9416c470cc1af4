import { expect } from 'chai';
import { whileClaimed } from '../../src/fulfilment/claim.js';
import { sequelize, tx } from '../../src/database.js';
import { newUuid } from '../../src/lib/ids.js';
import { clock } from '../../src/lib/clock.js';
import { queueMail } from '../../src/mail/outbox.js';
import { FulfilmentAttempt, Order, Refund } from '../../src/models/index.js';
import { requestRefund } from '../../src/payments/request-refund.js';
import { aProduct, aPurchase } from '../support/factories.js';
import { count, sized } from '../support/figures.js';
import { anAttempt } from '../support/orders.js';
import { sql } from '../support/refusals.js';

const PAIRS = sized(20, 2500);
const AT_ONCE = 4;

/** What the later of the two is told, by a hook or by a wall. */
const TOO_LATE = /eSIM may have been bought|eSIM is bought for an order that is refunded/;

type Deed = (order: Order, holdFor: number) => Promise<unknown>;

/** As the worker does it, on a claim that both believe to hold: the hooks are asked, and the order is locked. */
const giveUp: Deed = (order, holdFor) =>
  whileClaimed(order, async (fresh) => {
    await fresh.fail('No wholesaler could deliver');
    await requestRefund(fresh, 'undeliverable');
    await queueMail({ kind: 'order_failed', order: fresh });
    await hold(holdFor);
  });

const begin: Deed = (order, holdFor) =>
  whileClaimed(order, async (fresh) => {
    await anAttempt(fresh);
    await fresh.note('attempt', 'Buying');
    await hold(holdFor);
  });

/** As any statement may begin it, which asks no hook and has locked nothing: only the walls are left. */
const insertRefund: Deed = (order, holdFor) =>
  tx(async () => {
    const { id, amountMinor, currency } = order;
    const refund = { orderId: id, amountMinor, currency, requestedAt: clock.now() };
    await Refund.bulkCreate([{ ...refund, reason: 'undeliverable' }]);
    await hold(holdFor);
    await order.fail('No wholesaler could deliver');
    await order.note('refund', 'Refund requested');
    await queueMail({ kind: 'order_failed', order });
  });

const insertAttempt: Deed = (order, holdFor) =>
  tx(async () => {
    const attempt = { orderId: order.id, number: 1, reference: `${order.publicId}-01`, sentAt: clock.now() };
    await FulfilmentAttempt.bulkCreate([{ ...attempt, provider: 'Airalo', providerProductId: 'sku' }]);
    await hold(holdFor);
    await order.note('attempt', 'Buying');
  });

/** The transaction lasts for some questions more before it is committed. */
async function hold(questions: number) {
  for (let asked = 0; asked < questions; asked += 1) await sequelize.query('SELECT 1');
}

/** So many paid orders of one purchase, written in a few statements. */
async function paidOrders(number: number): Promise<Order[]> {
  const plan = await aProduct({ stock: number });
  const total = number * plan.priceMinor;
  const purchase = await aPurchase({ subtotalMinor: total, totalMinor: total });
  const order = {
    productId: plan.id,
    purchaseId: purchase.id,
    paymentMethod: 'card' as const,
    paymentId: 'pi_1',
    priceMinor: plan.priceMinor,
    amountMinor: plan.priceMinor,
    currency: plan.currency,
    terms: plan.terms(),
    customerEmail: purchase.email,
  };
  const rows = Array.from({ length: number }, (_, position) => ({ ...order, position, publicId: newUuid() }));
  await Order.bulkCreate(rows);
  await sql(`UPDATE orders SET payment_status = 'paid'`);
  await purchase.update({ state: 'paid', paidAt: clock.now(), paymentIntent: 'pi_1' });
  return Order.findAll();
}

describe('A refund and a purchase for one order that begin at the same moment', function () {
  this.timeout(sized(120_000, 0));

  for (const [way, refund, purchase] of [
    ['as the worker begins them', giveUp, begin],
    ['past all hooks', insertRefund, insertAttempt],
  ] as const) {
    it(`are never both begun and never neither, ${way}`, async () => {
      const orders = await paidOrders(PAIRS);
      const queue = orders.entries();
      const begun = new Set<string>();
      const race = async () => {
        for (const [number, order] of queue) {
          const deeds = number % 2 === 0 ? [refund, purchase] : [purchase, refund];
          // Of the two transactions now this, now that lasts longer.
          const results = await Promise.allSettled(
            deeds.map((deed, place) => deed(order, (number >> place) % 4)),
          );
          const refusals = results.flatMap((result) =>
            result.status === 'rejected' ? [wordsOf(result.reason)] : [],
          );
          expect(refusals, `order ${number}`).to.have.length(1);
          expect(refusals[0]).to.match(TOO_LATE);
          begun.add(order.id);
          count('refund against purchase', 1);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, race));

      const ofRefunds = (await Refund.findAll()).map(({ orderId }) => orderId);
      const ofAttempts = (await FulfilmentAttempt.findAll()).map(({ orderId }) => orderId);
      expect([...ofRefunds, ...ofAttempts]).to.have.members([...begun]);
      expect(Math.min(ofRefunds.length, ofAttempts.length)).to.be.greaterThan(PAIRS / 20);
    });
  }
});

const wordsOf = (error: unknown) => String((error as { parent?: Error }).parent ?? error);
