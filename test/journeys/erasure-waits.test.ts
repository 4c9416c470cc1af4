import { expect } from 'chai';
import { EmailLog, Order, Purchase, Refund } from '../../src/models/index.js';
import { stripe } from '../../src/payments/stripe.js';
import type { Moving } from '../../src/privacy/still-moving.js';
import { dump } from '../support/dump.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { PASSWORD, aLoggedInMember, expectRefusal, isLoggedIn } from '../support/members.js';
import { subjects } from '../support/shopping.js';
import type { Visitor } from '../support/visitor.js';
import { work, workAfter } from '../support/work.js';

const PAGE = '/account/privacy/erasure';
const erase = (visitor: Visitor) => visitor.post(PAGE, { password: PASSWORD });

const SENTENCES: Record<Moving, string> = {
  payment: 'payment of yours is still open',
  delivery: 'not delivered yet',
  refund: 'refund to you is still under way',
  dispute: 'looked into by your bank',
  mail: 'mail to you is just being sent',
};

async function startedBy(visitor: Visitor, plan = aProduct()) {
  await visitor.put(await plan);
  return visitor.startPaying({ email: 'Alice@example.com' });
}

async function boughtBy(visitor: Visitor, plan = aProduct()) {
  const session = await startedBy(visitor, plan);
  world.stripe.pay(session);
  await work();
  return session;
}

const soldOut = () => aProduct({ provider: 'MobiMatter', providerProductId: 'MM-JP-1-sold-out' });
const set = async (values: Parameters<typeof EmailLog.update>[0]) => {
  await EmailLog.update(values, { where: { kind: 'esim_ready' } });
};

describe('Being erased waits', () => {
  const CASES: Record<
    string,
    { moving: Moving; begin: (visitor: Visitor) => Promise<unknown>; end: () => Promise<unknown> }
  > = {
    'until an open purchase is paid or over': {
      moving: 'payment',
      begin: startedBy,
      end: async () => {
        await workAfter(60 * 60_000);
      },
    },
    'until what was paid is delivered': {
      moving: 'delivery',
      begin: async (visitor) => {
        world.airalo.fault({ fault: 'rate-limited', times: 1 });
        await boughtBy(visitor);
      },
      end: async () => {
        await workAfter(10 * 60_000);
      },
    },
    'until the money is back': {
      moving: 'refund',
      begin: async (visitor) => {
        world.stripe.fault('refund-pending');
        await boughtBy(visitor, soldOut());
      },
      end: async () => {
        const { stripeRefundId } = await Refund.findOne({ rejectOnEmpty: true });
        world.stripe.settleRefund(stripeRefundId!, 'succeeded');
        await work();
      },
    },
    'while a payment is disputed': {
      moving: 'dispute',
      begin: async (visitor) => {
        await boughtBy(visitor);
        await Order.update({ holdReason: 'dispute' }, { where: {} });
      },
      end: async () => {
        await Order.update({ holdReason: null }, { where: {} });
      },
    },
    'until a mail has left': {
      moving: 'mail',
      begin: async (visitor) => {
        await boughtBy(visitor);
        await set({ status: 'queued' });
      },
      end: () => set({ status: 'sent' }),
    },
  };

  for (const [when, { moving, begin, end }] of Object.entries(CASES)) {
    it(`${when}, says so, and changes nothing`, async () => {
      const { visitor, user } = await aLoggedInMember();
      await begin(visitor);
      const page = await visitor.get(PAGE);
      expect(page.text).to.contain(SENTENCES[moving]);
      expect(page.$('form[action="/account/privacy/erasure"]')).to.have.length(0);
      const before = await dump();
      expectRefusal(await erase(visitor), 409, SENTENCES[moving]);
      const after = await dump();
      // Counting the tries with a password is all that was written.
      const books = (lines: string[]) => lines.filter((line) => !/^(rate_limits|sessions) /.test(line));
      expect(books(after)).to.deep.equal(books(before));
      expect(await isLoggedIn(visitor)).to.equal(true);

      await end();
      expect((await erase(visitor)).location).to.equal('/login?done=erased');
      expect((await user.reload()).closedAt).to.not.equal(null);
      await work();
    });
  }

  it('for a payment that arrives at the same moment, whoever is first', async () => {
    for (const first of ['payment', 'erasure']) {
      const { visitor } = await aLoggedInMember();
      const session = await startedBy(visitor);
      world.stripe.pay(session);
      const arrives = () => visitor.twin().get(`/checkout/return?session_id=${session}`);
      const steps = first === 'payment' ? [arrives(), erase(visitor)] : [erase(visitor), arrives()];
      const statuses = (await Promise.all(steps)).map(({ status }) => status);
      expect(statuses, first).to.include(409);
      await work();
      const purchase = await Purchase.findOne({ where: { stripeSessionId: session }, include: 'orders' });
      expect(purchase!.email).to.equal('Alice@example.com');
      expect(purchase!.orders!.map(({ status }) => status)).to.deep.equal(['completed']);
    }
  });

  it('for nobody’s mail: what happens to the order of somebody who is gone is shown to staff, not sent', async () => {
    const { visitor } = await aLoggedInMember();
    await boughtBy(visitor);
    await erase(visitor);
    await work();
    const before = subjects().length;
    await stripe.refunds.create({ payment_intent: (await Order.findOne({ rejectOnEmpty: true })).paymentId });
    await work();
    const order = await Order.findOne({ rejectOnEmpty: true });
    expect(order.status).to.equal('refunded');
    const mail = await EmailLog.findOne({ where: { kind: 'refund_succeeded' }, rejectOnEmpty: true });
    expect([mail.status, mail.recipient]).to.deep.equal(['failed', order.customerEmail]);
    expect(subjects().length).to.equal(before);
  });
});
