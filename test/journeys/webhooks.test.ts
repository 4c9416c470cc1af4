import { expect } from 'chai';
import { MINUTE } from '../../src/lib/clock.js';
import { Order, WebhookEvent } from '../../src/models/index.js';
import { shopUrl, world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { onlyOrder, startBuying } from '../support/shopping.js';
import { work, workAfter } from '../support/work.js';

const { stripe } = world;

const completed = () => stripe.events('checkout.session.completed')[0]!.id;

function expectOneOfEach() {
  expect(world.airalo.ledger()).to.have.length(1);
  expect(world.mailbox.mails()).to.have.length(1);
}

describe('Webhooks', () => {
  it('delivered five times before the buyer returns: one order, one eSIM, one mail', async () => {
    stripe.webhooks = 'held';
    const { alice, session, returnPath } = await startBuying(await aProduct());
    stripe.pay(session);
    expect(await stripe.deliver(completed(), 5)).to.deep.equal([200, 200, 200, 200, 200]);
    await work();
    expect((await alice.follow(returnPath)).text).to.contain('Your eSIM is ready');
    expect(await stripe.deliver(completed(), 5)).to.deep.equal([200, 200, 200, 200, 200]);
    await work();
    expect(await Order.count()).to.equal(1);
    expectOneOfEach();
  });

  it('delivered five times after the buyer returned: the same', async () => {
    stripe.webhooks = 'held';
    const { alice, session, returnPath } = await startBuying(await aProduct());
    stripe.pay(session);
    await alice.follow(returnPath);
    await work();
    await stripe.deliver(completed(), 5);
    await work();
    expectOneOfEach();
  });

  it('delivered while the buyer returns and the sweeper looks, all at once: the same', async () => {
    stripe.webhooks = 'held';
    const { alice, session, returnPath } = await startBuying(await aProduct());
    stripe.pay(session);
    await Promise.all([
      stripe.deliver(completed(), 5),
      alice.get(returnPath),
      alice.get(returnPath),
      workAfter(2 * MINUTE),
    ]);
    await work();
    expectOneOfEach();
  });

  it('never delivered, and the buyer never back: still settled', async () => {
    stripe.webhooks = 'dropped';
    const { session } = await startBuying(await aProduct());
    stripe.pay(session);
    await work();
    expect((await onlyOrder()).paymentStatus).to.equal('pending');
    await workAfter(2 * MINUTE);
    expect((await onlyOrder()).status).to.equal('completed');
    expectOneOfEach();
  });

  it('out of order: "expired" delivered after the payment changes nothing', async () => {
    const { session } = await startBuying(await aProduct());
    stripe.pay(session);
    await work();
    await WebhookEvent.create({
      source: 'stripe',
      eventId: 'evt_late',
      type: 'checkout.session.expired',
      payload: { id: session },
    });
    await work();
    expect((await onlyOrder()).status).to.equal('completed');
  });

  it('for a session that nobody knows is kept and tried again, never dropped', async () => {
    await WebhookEvent.create({
      source: 'stripe',
      eventId: 'evt_stray',
      type: 'checkout.session.completed',
      payload: { id: 'cs_test_unknown' },
    });
    await work();
    await workAfter(10 * MINUTE);
    const event = await WebhookEvent.findOne({ rejectOnEmpty: true });
    expect(event.state).to.equal('received');
    expect(event.attempts).to.be.greaterThan(1);
  });

  for (const forgery of [
    'wrong-secret',
    'stale-timestamp',
    'future-timestamp',
    'altered-body',
    'no-signature',
    'live-mode',
  ] as const) {
    it(`forged (${forgery}) is refused and not stored`, async () => {
      stripe.webhooks = 'held';
      const { session } = await startBuying(await aProduct());
      stripe.pay(session);
      expect(await stripe.forge(completed(), forgery)).to.equal(400);
      expect(await WebhookEvent.count()).to.equal(0);
      expect((await onlyOrder()).paymentStatus).to.equal('pending');
    });
  }

  it('that are not even text are refused with a sentence', async () => {
    const answer = await fetch(`${shopUrl}/webhooks/stripe`, {
      method: 'POST',
      body: Buffer.from([0, 255, 1]),
      headers: { 'Stripe-Signature': 't=1,v1=00' },
    });
    expect(answer.status).to.equal(400);
    expect(await answer.text())
      .to.contain('could not read that request')
      .and.not.match(/\bat .+\.(ts|js):\d+/);
  });
});
