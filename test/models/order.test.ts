import { expect } from 'chai';
import { newId, newUuid } from '../../src/lib/ids.js';
import { clock } from '../../src/lib/clock.js';
import { Order, OrderLink } from '../../src/models/index.js';
import { aCoupon, anOrder, aProduct, aPurchase, aUser } from '../support/factories.js';
import { aDeliveredOrder, aFailedOrder, anOrderAtWork, aPaidOrder } from '../support/orders.js';
import { refusal, sql, wall } from '../support/refusals.js';

const FORWARD = 'an order’s status only moves forward';

const write = (order: Order, column: string, value: unknown) =>
  sql(`UPDATE orders SET ${column} = ? WHERE id = ?`, value, order.id);

/** The same order without what its hooks would add, to be written past them. */
async function aCopy(values: object) {
  const order = await anOrder(await aProduct());
  return { ...order.get(), id: newId(), publicId: newUuid(), ...values };
}

describe('Order', () => {
  it('begins pending and unpaid, with a UUID of its own and its unit held', async () => {
    const order = await anOrder(await aProduct());
    expect(order).to.include({ status: 'pending', paymentStatus: 'pending', stockState: 'held' });
    expect(order.publicId).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(await refusal(anOrder(await aProduct(), { publicId: order.publicId }))).to.equal(
      'errors.order.id',
    );
    expect(await wall(Order.bulkCreate([await aCopy({ publicId: order.publicId })]))).to.equal('unique');
    const { publicId } = await anOrder(await aProduct(), { publicId: newUuid() });
    expect(publicId).to.not.equal(order.publicId);
    for (const values of [
      { status: 'failed', paymentStatus: 'paid' },
      { paymentStatus: 'paid' },
      { stockState: 'released' },
    ] as const) {
      expect(await refusal(anOrder(await aProduct(), values))).to.equal('errors.order.begins');
      const written = Order.bulkCreate([await aCopy(values)]);
      expect(await wall(written)).to.equal('an order begins pending, unpaid, with its stock held');
    }
  });

  it('moves along its table and nowhere else', async () => {
    const product = await aProduct();
    const from = {
      pending: () => aPaidOrder(product),
      processing: () => anOrderAtWork(product),
      completed: () => aDeliveredOrder(product),
      failed: () => aFailedOrder(product),
    };
    const allowed: Record<keyof typeof from, string[]> = {
      pending: ['processing'],
      processing: ['completed', 'failed'],
      completed: ['refunded'],
      failed: ['refunded'],
    };
    for (const [status, make] of Object.entries(from)) {
      const forbidden = ['pending', 'processing', 'completed', 'failed', 'refunded'].filter(
        (to) => to !== status && !allowed[status as keyof typeof from].includes(to),
      );
      const order = await make();
      for (const to of forbidden) {
        expect(await refusal(order.update({ status: to as never })), `${status} to ${to}`).to.equal(
          'errors.illegalMove',
        );
        expect(await wall(write(order, 'status', to)), `${status} to ${to}`).to.be.oneOf([FORWARD, 'check']);
        await order.reload();
      }
    }
  });

  it('cannot come back from refunded', async () => {
    const order = await aDeliveredOrder();
    await order.recordRefund('Customer asked');
    expect(await order.reload()).to.include({ status: 'refunded', paymentStatus: 'refunded' });
    for (const status of ['pending', 'processing', 'completed', 'failed']) {
      const back = sql(
        'UPDATE orders SET status = ?, payment_status = ? WHERE id = ?',
        status,
        'paid',
        order.id,
      );
      expect(await wall(back)).to.be.oneOf([FORWARD, 'a payment’s status only moves forward']);
    }
  });

  it('is not worked at before it is paid', async () => {
    const order = await anOrder(await aProduct());
    expect(await refusal(order.update({ status: 'processing' }))).to.equal('errors.order.unpaid');
    expect(await wall(write(order, 'status', 'processing'))).to.equal('check');
  });

  it('is complete only with its code and the time', async () => {
    const order = await anOrderAtWork();
    expect(await refusal(order.update({ status: 'completed' }))).to.equal('errors.order.noCode');
    const complete = (code: string | null, at: string | null) =>
      sql(
        `UPDATE orders SET status = 'completed', stock_state = 'consumed', revealed_at = created,
           esim_activation_code = ?, completed_at = ? WHERE id = ?`,
        code,
        at,
        order.id,
      );
    expect(await wall(complete(null, '2026-11-22 10:00:00'))).to.equal('check');
    expect(await wall(complete('', '2026-11-22 10:00:00'))).to.equal('check');
    expect(await wall(complete('LPA:1$a$b', null))).to.equal('check');

    await order.reload();
    const esimActivationCode = 'LPA:1$a$b';
    expect(await refusal(order.update({ status: 'completed', esimActivationCode }))).to.equal(
      'errors.order.unitNotUsed',
    );
    await order.reload();
    // The time is set by itself.
    await order.update({ status: 'completed', stockState: 'consumed', esimActivationCode });
    expect(Math.abs(clock.now() - (await order.reload()).completedAt!.getTime())).to.be.below(5000);
  });

  it('is refunded together with its payment', async () => {
    const order = await aDeliveredOrder();
    for (const [field, column] of [
      ['status', 'status'],
      ['paymentStatus', 'payment_status'],
    ] as const) {
      expect(await refusal(order.update({ [field]: 'refunded' }))).to.equal('errors.order.halfRefunded');
      expect(await wall(write(order, column, 'refunded'))).to.equal('check');
      await order.reload();
    }
  });

  it('keeps a delivered eSIM', async () => {
    const order = await aDeliveredOrder();
    const frozen = 'a delivered eSIM is not exchanged in place';
    expect(await refusal(order.update({ esimActivationCode: 'LPA:1$x$y' }))).to.equal('errors.frozen');
    expect(await wall(write(order, 'esim_activation_code', 'LPA:1$x$y'))).to.equal(frozen);
    for (const iccid of ['8901', null])
      expect(await wall(write(order, 'esim_iccid', iccid))).to.equal(frozen);
  });

  it('shares its eSIM with no other order', async () => {
    const { esimIccid } = await aDeliveredOrder();
    const order = await anOrderAtWork();
    expect(await wall(order.complete({ iccid: esimIccid!, lpa: 'LPA:1$a$b' }, 'other'))).to.equal('unique');
    await order.reload();
    expect(await wall(write(order, 'esim_iccid', esimIccid))).to.equal('unique');
  });

  it('freezes what was sold and for how much', async () => {
    const other = await aProduct();
    const order = await anOrder(await aProduct());
    const sold: [keyof Order, string, unknown][] = [
      ['publicId', 'order_id', newUuid()],
      ['productId', 'product', other.id],
      ['priceMinor', 'price_minor', 1],
      ['discountAmountMinor', 'discount_amount_minor', 1],
      ['amountMinor', 'amount_minor', 1],
      ['currency', 'currency', 'EUR'],
      ['purchaseId', 'purchase', (await aPurchase()).id],
      ['couponId', 'coupon_id', (await aCoupon()).id],
    ];
    const asSold = 'what was sold, and for how much, stays as it was sold';
    for (const [field, column, value] of sold) {
      expect(await refusal(order.update({ [field]: value })), field).to.equal('errors.frozen');
      expect(await wall(write(order, column, value)), column).to.equal(asSold);
      await order.reload();
    }
    expect(await refusal(order.update({ terms: { ...order.terms, dataMb: 1 } }))).to.equal('errors.frozen');
    expect(await wall(write(order, 'terms', '{}'))).to.equal(asSold);
  });

  it('adds up: what is paid is the price less the discount, none of them below zero', async () => {
    const product = await aProduct();
    const sums: [number, number, number, string][] = [
      [450, 0, 400, 'errors.sum'],
      [450, 500, -50, 'errors.amount'],
      [-1, 0, -1, 'errors.amount'],
      [450, -50, 500, 'errors.amount'],
    ];
    for (const [priceMinor, discountAmountMinor, amountMinor, key] of sums) {
      const values = { priceMinor, discountAmountMinor, amountMinor };
      expect(await refusal(anOrder(product, values))).to.equal(key);
      const { id: purchaseId } = await aPurchase({ subtotalMinor: 950, discountMinor: 500 });
      expect(await wall(Order.bulkCreate([await aCopy({ ...values, purchaseId })]))).to.equal('check');
    }
    expect(await refusal(anOrder(product, { amountMinor: 'much' as never }))).to.equal('errors.amount');
  });

  it('shares the discount of its purchase with the others, which is given once', async () => {
    const product = await aProduct();
    const { id: purchaseId } = await aPurchase({ subtotalMinor: 900, discountMinor: 100, totalMinor: 800 });
    const discounted = (discountAmountMinor: number) => ({
      purchaseId,
      discountAmountMinor,
      amountMinor: 450 - discountAmountMinor,
    });
    await anOrder(product, discounted(60));
    expect(await refusal(anOrder(product, discounted(41)))).to.equal('errors.order.discount');
    expect(await wall(Order.bulkCreate([await aCopy(discounted(41))]))).to.equal(
      'the orders of a purchase share its discount',
    );
    await anOrder(product, discounted(40));
    await anOrder(product, discounted(0));
  });

  it('needs an address to deliver to', async () => {
    const order = await anOrder(await aProduct());
    expect(await refusal(anOrder(await aProduct(), { customerEmail: 'alice' }))).to.equal('errors.email');
    expect(await wall(write(order, 'customer_email', 'alice'))).to.equal('check');
    // As it was typed: only accounts are known by one form.
    await order.update({ customerEmail: 'Alice.B+esim@Example.com' });
  });

  it('is opened by a link of its own', async () => {
    const order = await anOrder(await aProduct());
    const link = { orderId: order.id, tokenHash: 'a'.repeat(64), expiresAt: 1 };
    await OrderLink.create(link);
    expect(await wall(OrderLink.create(link))).to.equal('unique');
  });

  it('is moved one at a time', async () => {
    await anOrder(await aProduct());
    const moved = Order.update({ status: 'processing' }, { where: { status: 'pending' } });
    expect(await refusal(moved)).to.equal('errors.order.bulk');
  });

  it('stays when its buyer is deleted', async () => {
    const user = await aUser();
    const order = await anOrder(await aProduct(), { userId: user.id });
    await user.destroy();
    expect((await order.reload()).userId).to.equal(null);
  });
});
