import { expect } from 'chai';
import { HOUR, MINUTE, clock } from '../../src/lib/clock.js';
import { Coupon, CouponRedemption, Order, Product, Purchase, Refund } from '../../src/models/index.js';
import { expirePurchase } from '../../src/payments/apply.js';
import { settleSession } from '../../src/payments/settle.js';
import { world } from '../support/environment.js';
import { aCoupon, aProduct } from '../support/factories.js';
import { buy, onlyOrder, startBuying, subjects } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';
import { work, workAfter } from '../support/work.js';

const { stripe } = world;

describe('Paying', () => {
  it('by a card that is declined holds the unit only as long as the session', async () => {
    const plan = await aProduct({ stock: 1 });
    const { session } = await startBuying(plan);
    stripe.pay(session, '4000000000000002');
    await work();
    expect((await Product.findByPk(plan.id))!.stock).to.equal(0);

    await workAfter(36 * MINUTE);
    expect(await Product.findByPk(plan.id)).to.include({ stock: 1, isActive: true });
    expect(await onlyOrder()).to.include({
      status: 'pending',
      paymentStatus: 'failed',
      stockState: 'released',
    });
    expect(stripe.ledger().sessions[0]!.status).to.equal('expired');
  });

  it('by a second card after the first was declined', async () => {
    const { session } = await startBuying(await aProduct());
    stripe.pay(session, '4000000000000002');
    stripe.pay(session);
    await work();
    expect((await onlyOrder()).status).to.equal('completed');
  });

  it('by PayPal', async () => {
    const { session } = await startBuying(await aProduct(), { payment_method: 'paypal' });
    stripe.payByPaypal(session);
    await work();
    expect(await onlyOrder()).to.include({ status: 'completed', paymentMethod: 'paypal' });
  });

  it('by bank transfer: the unit is kept until the money arrives, days later', async () => {
    const plan = await aProduct({ stock: 1 });
    const { alice, session, returnPath } = await startBuying(plan, { payment_method: 'bank_transfer' });
    stripe.promiseTransfer(session);
    await workAfter(48 * HOUR);
    expect(await onlyOrder()).to.include({ status: 'pending', stockState: 'held' });
    expect((await alice.follow(returnPath)).text).to.contain('Waiting for your bank transfer');

    stripe.transferArrives(session);
    await work();
    expect((await onlyOrder()).status).to.equal('completed');
    expect(subjects()[0]).to.match(/^We are waiting for your bank transfer/);
    expect(subjects()[1]).to.match(/^Your eSIM is ready/);
  });

  it('by a bank transfer that fails gives the unit back and says so', async () => {
    const plan = await aProduct({ stock: 1 });
    const { session } = await startBuying(plan, { payment_method: 'bank_transfer' });
    stripe.promiseTransfer(session);
    await work();
    stripe.transferFails(session);
    await work();
    expect(await Product.findByPk(plan.id)).to.include({ stock: 1, isActive: true });
    expect(subjects()[1]).to.match(/^Your bank transfer did not arrive/);
  });

  for (const [currency, priceMinor, shown] of [
    ['USD', 1199, '$11.99'],
    ['EUR', 999, '€9.99'],
    ['KRW', 16500, '₩16,500'],
    ['JPY', 1800, '¥1,800'],
  ] as const) {
    it(`in ${currency} shows, charges and books the same amount`, async () => {
      const plan = await aProduct({ currency, priceMinor, costMinor: 100 });
      const { alice, returnPath } = await buy([[plan, 2]]);
      const [session] = stripe.ledger().sessions;
      expect(session).to.include({ amount_total: priceMinor * 2, currency: currency.toLowerCase() });
      expect((await Order.findAll()).map((order) => order.amountMinor)).to.deep.equal([
        priceMinor,
        priceMinor,
      ]);
      expect((await alice.get(`/products/${plan.slug}`)).text).to.contain(shown);
      expect((await alice.follow(returnPath)).status).to.equal(200);
      expect((await alice.follow(`/orders/${(await onlyOrder()).publicId}`)).text).to.contain(shown);
    });
  }

  it('offers only what Stripe takes in the currency', async () => {
    const methods = async (currency: 'KRW' | 'JPY' | 'USD') => {
      const alice = new Visitor();
      await alice.put(await aProduct({ currency, priceMinor: 5000 }));
      const page = await alice.get('/checkout');
      return page
        .$('input[name=payment_method]')
        .toArray()
        .map((input) => page.$(input).val());
    };
    expect(await methods('KRW')).to.deep.equal(['card']);
    expect(await methods('JPY')).to.deep.equal(['card', 'bank_transfer']);
    expect(await methods('USD')).to.deep.equal(['card', 'paypal', 'bank_transfer']);

    const alice = new Visitor();
    await alice.put(await aProduct({ currency: 'KRW', priceMinor: 5000 }));
    expect((await alice.checkOut({ payment_method: 'paypal' })).status).to.equal(422);
  });

  it('nothing at all: a coupon of 100 % needs no Stripe', async () => {
    const coupon = await aCoupon({ discountBasisPoints: 10_000 });
    const alice = new Visitor();
    await alice.put(await aProduct());
    await alice.post('/cart/coupon', { code: coupon.code });
    const answer = await alice.checkOut();
    await work();
    expect((await alice.follow(answer.location!)).text).to.contain('Your eSIM is ready');
    expect(stripe.ledger().sessions).to.have.length(0);
    expect(await onlyOrder()).to.include({ amountMinor: 0, discountAmountMinor: 450, status: 'completed' });
    expect(await Coupon.findOne()).to.include({ usageCount: 1 });
  });

  it('with a coupon takes it off to the cent and uses it once; an expired session gives it back', async () => {
    const coupon = await aCoupon({ discountBasisPoints: 3333, usageLimit: 1 });
    const plan = await aProduct({ priceMinor: 333 });
    const alice = new Visitor();
    await alice.put(plan, 3);
    await alice.post('/cart/coupon', { code: coupon.code });
    await alice.startPaying();
    expect(stripe.ledger().sessions[0]!.amount_total).to.equal(999 - 332);
    expect((await Order.findAll()).map((order) => order.discountAmountMinor)).to.have.members([
      110, 111, 111,
    ]);
    expect((await Coupon.findOne())!.usageCount).to.equal(1);

    await workAfter(36 * MINUTE);
    expect((await Coupon.findOne())!.usageCount).to.equal(0);
    expect((await CouponRedemption.findOne())!.state).to.equal('released');
  });

  it('another amount than ours is held for a person, and nothing is delivered', async () => {
    const { session, alice, returnPath } = await startBuying(await aProduct());
    stripe.tamper(session, { amount_total: 1 });
    stripe.pay(session);
    await work();
    expect(await Purchase.findOne()).to.include({ state: 'review', reviewReason: 'Paid 1, not 450' });
    expect((await onlyOrder()).status).to.equal('pending');
    expect(world.airalo.ledger()).to.have.length(0);
    expect((await alice.follow(returnPath)).text).to.contain('We are checking this payment');
  });

  it('in another currency than ours is held for a person too', async () => {
    const { session } = await startBuying(await aProduct());
    stripe.tamper(session, { currency: 'krw' });
    stripe.pay(session);
    await work();
    expect((await Purchase.findOne())!.state).to.equal('review');
  });

  it('a payment that is disputed before the shop has seen it delivers nothing, also when no news of it come', async () => {
    stripe.webhooks = 'held';
    const { session, alice, returnPath } = await startBuying(await aProduct());
    stripe.pay(session, '4000000000000259');
    await alice.follow(returnPath);
    await work();
    expect(await onlyOrder()).to.include({ paymentStatus: 'paid', status: 'pending', holdReason: 'dispute' });
    expect(world.airalo.ledger()).to.have.length(0);
  });

  it('a return page that is opened again changes nothing that was paid, and empties no cart that was filled since', async () => {
    const plan = await aProduct();
    const { alice, returnPath } = await buy(plan);
    const { paidAt } = (await Purchase.findOne())!;
    clock.advance(MINUTE);
    await alice.put(plan, 2);
    await settleSession((await Purchase.findOne())!.stripeSessionId!);
    await alice.follow(returnPath);
    expect((await Purchase.findOne())!.paidAt).to.equal(paidAt);
    expect((await alice.get('/cart')).text).to.contain(plan.name);
  });

  it('a disputed payment stops what is not delivered yet', async () => {
    world.airalo.fault({ fault: 'timeout-bought', times: 1 });
    const { session } = await startBuying(await aProduct());
    stripe.pay(session, '4000000000000259');
    await work();
    expect((await onlyOrder()).holdReason).to.equal('dispute');
  });

  it('a refund that fails afterwards is not called done', async () => {
    world.airalo.fault('sold-out');
    const { session, alice, returnPath } = await startBuying(await aProduct());
    stripe.pay(session, '4000000000005126');
    await work();
    await workAfter(MINUTE);
    expect((await Refund.findOne())!.state).to.equal('failed');
    expect((await alice.follow(returnPath)).text).to.contain('Your refund needs a hand');
  });

  it('twice with the same form makes one purchase and one session', async () => {
    const plan = await aProduct();
    const alice = new Visitor();
    await alice.put(plan);
    const form_key = 'f'.repeat(43);
    const answers = await Promise.all([
      alice.checkOut({ form_key }),
      alice.checkOut({ form_key }),
      alice.checkOut({ form_key }),
    ]);
    expect(new Set(answers.map((answer) => answer.location)).size).to.equal(1);
    expect(stripe.ledger().sessions).to.have.length(1);
    expect((await Product.findByPk(plan.id))!.stock).to.equal(9);
  });

  it('while Stripe is down says that nothing was charged; the same form works later and buys once', async () => {
    const alice = new Visitor();
    await alice.put(await aProduct());
    stripe.fault('down');
    const refused = await alice.checkOut();
    expect(refused.status).to.equal(503);
    expect(refused.headers.get('Retry-After')).to.equal('10');
    expect(refused.text).to.contain('Nothing was charged');
    const form_key = String(refused.$('input[name=form_key]').val());

    stripe.lift('down');
    expect((await alice.checkOut({ form_key })).status).to.equal(303);
    expect(await Purchase.count()).to.equal(1);
  }).timeout(30_000);

  for (const [fault, times] of [
    ['create-500', 1],
    ['create-dropped', 4],
  ] as const) {
    it(`after a ${fault} of Stripe's asks again and holds one unit`, async () => {
      const plan = await aProduct();
      const alice = new Visitor();
      await alice.put(plan);
      stripe.fault(fault, times);
      const refused = await alice.checkOut();
      const form_key = String(refused.$('input[name=form_key]').val());
      const session = await alice.startPaying({ form_key });
      stripe.pay(session);
      await work();
      expect((await onlyOrder()).status).to.equal('completed');
      expect((await Product.findByPk(plan.id))!.stock).to.equal(9);
    }).timeout(30_000);
  }

  it('too late: an expired purchase that was paid after all is delivered if there is stock, else refunded', async () => {
    const plan = await aProduct({ stock: 1 });
    for (const stockLeft of [1, 0]) {
      const { session } = await startBuying(plan);
      const purchase = await Purchase.findOne({ where: { stripeSessionId: session }, rejectOnEmpty: true });
      await expirePurchase(purchase.id, 'The session had expired');
      if (stockLeft === 0) await plan.update({ stock: 0 });
      stripe.pay(session);
      await work();
      await plan.reload();
      if (stockLeft === 1) await plan.update({ stock: 1 });
    }
    const orders = await Order.findAll({ order: ['created'] });
    expect(orders.map(({ status }) => status)).to.deep.equal(['completed', 'refunded']);
    expect(stripe.ledger().refunds).to.have.length(1);
  });

  it('starts anew after going back without holding the last unit against oneself', async () => {
    const plan = await aProduct({ stock: 1 });
    const { alice } = await startBuying(plan, { email: 'alice@example.org' });
    expect((await alice.get('/cart')).text).to.not.contain('Sold out');
    expect((await alice.get('/checkout')).$('#email').val()).to.equal('alice@example.org');
    await alice.startPaying();

    expect(stripe.ledger().sessions.map(({ status }) => status)).to.deep.equal(['expired', 'open']);
    expect((await Product.findByPk(plan.id))!.stock).to.equal(0);
    expect((await Purchase.findAll({ order: ['created'] })).map(({ state }) => state)).to.deep.equal([
      'expired',
      'open',
    ]);
  });
});
