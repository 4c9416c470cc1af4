import { expect } from 'chai';
import { DAY, HOUR, clock } from '../../src/lib/clock.js';
import {
  CartItem,
  ContactRequest,
  CouponRedemption,
  Customer,
  EmailLog,
  Order,
  OrderLink,
  ProviderSyncLog,
  Purchase,
  WebhookEvent,
  Wishlist,
} from '../../src/models/index.js';
import { retain, retainNext } from '../../src/operations/retention.js';
import { KEPT_FOR_DAYS } from '../../src/operations/retention/rules.js';
import { payPurchase } from '../../src/payments/apply.js';
import { booksMustBeRight } from '../support/books.js';
import { dump } from '../support/dump.js';
import { aContactRequest, aCoupon, aProduct, aPurchase, anOrder, aUser } from '../support/factories.js';
import { sql } from '../support/refusals.js';
import { buy, onlyOrder, startBuying } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';
import { work, workAfter } from '../support/work.js';

/** So many days later, all that is due is done. */
async function after(days: number) {
  clock.advance(days * DAY);
  await retain();
}

/** What is still there the day before the time is over, and no longer on that day. */
async function goesAfter(days: number, count: () => Promise<number>) {
  const before = await count();
  expect(before).to.be.above(0);
  await after(days - 1);
  expect(await count(), 'the day before').to.equal(before);
  await after(1);
  expect(await count(), 'on the day').to.equal(0);
  await booksMustBeRight();
}

const containing = (words: string) => async () =>
  (await dump()).filter((line) => line.toLowerCase().includes(words)).length;

/** A guest who began to pay and went away. */
async function anUnpaidPurchase(email: string) {
  const plan = await aProduct();
  const { code } = await aCoupon();
  const guest = new Visitor();
  await guest.put(plan);
  await guest.post('/cart/coupon', { code });
  await guest.startPaying({ email, name: 'Mallory Quill', phone: '+821055501234' });
  await workAfter(HOUR);
  return guest;
}

describe('What is kept for a time only', () => {
  it('internet address and browser of a purchase: 90 days', async () => {
    await buy(await aProduct());
    await goesAfter(
      KEPT_FOR_DAYS.browsers,
      async () =>
        (await Purchase.count({ where: { userAgent: 'node' } })) +
        (await Order.count({ where: { userAgent: 'node' } })),
    );
    const [purchase, order] = [(await Purchase.findOne())!, await onlyOrder()];
    expect([purchase.ipAddress, order.ipAddress]).to.deep.equal([null, null]);
    expect([purchase.email, order.customerName]).to.deep.equal(['alice@example.com', 'Alice']);
  });

  it('but not of one that is disputed, or still open', async () => {
    await buy(await aProduct());
    await Order.update({ holdReason: 'dispute' }, { where: {} });
    await aPurchase({ ipAddress: '198.18.0.9' });
    await after(400);
    expect(await Purchase.count({ where: { ipAddress: null } })).to.equal(0);
    await Order.update({ holdReason: null }, { where: {} });
    await retain();
    expect(await Purchase.count({ where: { ipAddress: null } })).to.equal(1);
  });

  it('carts and wishlists of guests that are left alone: 30 days; those of accounts stay', async () => {
    const plan = await aProduct();
    const guest = new Visitor();
    await guest.put(plan);
    await guest.post('/wishlist/items', { product_id: plan.id });
    const userId = (await aUser()).id;
    await CartItem.create({ userId, productId: plan.id, quantity: 1 });
    await Wishlist.create({ userId, productId: plan.id });
    const ofGuests = { where: { userId: null } };
    await goesAfter(
      KEPT_FOR_DAYS.guests,
      async () => (await CartItem.count(ofGuests)) + (await Wishlist.count(ofGuests)),
    );
    expect([await CartItem.count(), await Wishlist.count()]).to.deep.equal([1, 1]);
  });

  it('a cart that its guest goes on filling stays whole', async () => {
    const [old, recent] = [await aProduct(), await aProduct()];
    const guest = new Visitor();
    await guest.put(old);
    await sql(`UPDATE cart_items SET updated = ?`, new Date(Date.now() - 40 * DAY));
    await guest.put(recent);
    await retain();
    expect(await CartItem.count()).to.equal(2);
  });

  it('who began to pay and did not: 90 days', async () => {
    await anUnpaidPurchase('mallory@quill.example');
    await Customer.create({ email: 'mallory@quill.example', name: 'Mallory Quill', userId: null });
    await goesAfter(KEPT_FOR_DAYS.unpaid, containing('quill'));
    const [purchase, order] = [(await Purchase.findOne())!, await onlyOrder()];
    expect([purchase.state, order.paymentStatus, order.amountMinor]).to.deep.equal([
      'expired',
      'failed',
      405,
    ]);
    expect([purchase.sessionParams, purchase.phone, purchase.guestKey]).to.deep.equal([null, null, null]);
    expect((await Customer.findOne())!.email).to.equal(purchase.canonicalEmail);
    expect((await CouponRedemption.findOne())!.redeemer).to.equal(`email:${purchase.canonicalEmail}`);
  });

  it('leaves a customer who has bought besides, and the cart of a browser that is still in use', async () => {
    const guest = await anUnpaidPurchase('mallory@quill.example');
    await buy(await aProduct(), { email: 'mallory@quill.example' });
    await Customer.update({ name: 'Mallory Quill' }, { where: { email: 'mallory@quill.example' } });
    clock.advance(KEPT_FOR_DAYS.unpaid * DAY);
    const cart = await CartItem.count();
    expect(cart).to.be.above(0);
    await sql('UPDATE cart_items SET updated = ?', clock.date());
    await retain();
    expect(await Purchase.count({ where: { canonicalEmail: 'mallory@quill.example' } })).to.equal(1);
    expect((await Customer.findOne())!.name).to.equal('Mallory Quill');
    expect(await CartItem.count()).to.equal(cart);
    expect(guest.hasCookies()).to.equal(true);
  });

  it('takes late money even for who is forgotten', async () => {
    await anUnpaidPurchase('mallory@quill.example');
    await after(KEPT_FOR_DAYS.unpaid);
    const { id } = (await Purchase.findOne())!;
    await payPurchase(id, { paymentId: 'pi_late', receiptUrl: null, holdReason: null });
    await work();
    const order = await onlyOrder();
    expect([order.status, order.paymentStatus]).to.deep.equal(['completed', 'paid']);
    expect((await EmailLog.findOne({ where: { kind: 'esim_ready' } }))!.status).to.equal('failed');
  });

  it('who paid: five years, and the amounts for ever', async () => {
    await buy(await aProduct(), { email: 'mallory@quill.example', name: 'Mallory Quill' });
    await after(KEPT_FOR_DAYS.browsers);
    await goesAfter(KEPT_FOR_DAYS.books - KEPT_FOR_DAYS.browsers, containing('mallory'));
    const order = await onlyOrder();
    expect([order.status, order.amountMinor]).to.deep.equal(['completed', 450]);
  });

  it('whom a mail went to: 90 days; that it went, for ever', async () => {
    await buy(await aProduct());
    const recipient = 'alice@example.com';
    await goesAfter(KEPT_FOR_DAYS.recipients, () =>
      EmailLog.count({ where: { kind: 'esim_ready', recipient } }),
    );
    expect(await EmailLog.count({ where: { kind: 'esim_ready', status: 'sent' } })).to.equal(1);
  });

  it('but not of a mail that waits to be sent', async () => {
    await buy(await aProduct());
    await EmailLog.update({ status: 'queued' }, { where: {} });
    await after(400);
    expect(await EmailLog.count({ where: { recipient: 'alice@example.com' } })).to.equal(2);
  });

  it('events that were worked off: 30 days; others wait', async () => {
    await buy(await aProduct());
    await WebhookEvent.create({
      source: 'stripe',
      eventId: 'evt_stuck',
      type: 'charge.refunded',
      payload: {},
    });
    await goesAfter(KEPT_FOR_DAYS.events, () => WebhookEvent.count({ where: { state: 'processed' } }));
    expect(await WebhookEvent.count()).to.equal(1);
    await WebhookEvent.update({ errorMessage: 'stuck' }, { where: {} });
  });

  it('comparisons with wholesalers: 90 days, unless one is running', async () => {
    await ProviderSyncLog.create({ provider: 'Airalo', status: 'succeeded' });
    await ProviderSyncLog.create({ provider: 'Airalo', status: 'running' });
    await goesAfter(KEPT_FOR_DAYS.syncs, () => ProviderSyncLog.count({ where: { status: 'succeeded' } }));
    expect(await ProviderSyncLog.count()).to.equal(1);
  });

  it('links to orders: as long as they open them', async () => {
    await buy(await aProduct());
    await goesAfter(90, () => OrderLink.count());
  });

  it('questions to us that are done with: two years; open ones stay', async () => {
    const answered = await aContactRequest({ device: 'Pixel', message: 'I am Mallory' });
    await answered.recordAnswer('Dear Mallory', (await aUser({ role: 'support' })).id);
    await (await aContactRequest({ message: 'I am Mallory too' })).close();
    const open = await aContactRequest({ email: 'bob@example.com' });
    await goesAfter(KEPT_FOR_DAYS.requests, containing('mallory'));
    const { state, answer, email } = await answered.reload();
    expect([state, answer]).to.deep.equal(['answered', '(erased)']);
    expect(email).to.equal('nobody@closed.invalid');
    expect((await open.reload()).email).to.equal('bob@example.com');
    expect(await ContactRequest.count({ where: { userId: null, device: null } })).to.equal(3);
  });

  it('goes in small batches, each a turn of the worker’s, and then rests for an hour', async () => {
    await retain();
    clock.advance(KEPT_FOR_DAYS.events * DAY);
    const old = Array.from({ length: 250 }, (_, number) => ({
      source: 'stripe' as const,
      eventId: `evt_${number}`,
      type: 'charge.refunded',
      payload: {},
      state: 'processed' as const,
    }));
    await WebhookEvent.bulkCreate(old);
    const left: number[] = [];
    while (await retainNext()) left.push(await WebhookEvent.count());
    expect(left).to.deep.equal([150, 50, 0]);

    await WebhookEvent.bulkCreate(old);
    expect(await retainNext()).to.equal(false);
    expect(await WebhookEvent.count()).to.equal(250);
    clock.advance(HOUR);
    await work();
    expect(await WebhookEvent.count()).to.equal(0);
  });

  it('writes nothing where nothing is due', async () => {
    await buy(await aProduct());
    await startBuying(await aProduct());
    await anOrder(await aProduct());
    const before = await dump();
    await retain();
    expect(await dump()).to.deep.equal(before);
  });
});
