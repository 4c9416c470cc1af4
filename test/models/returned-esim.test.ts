import { expect } from 'chai';
import { clock, DAY } from '../../src/lib/clock.js';
import { newId } from '../../src/lib/ids.js';
import { Order, ReturnedEsim } from '../../src/models/index.js';
import { aProduct } from '../support/factories.js';
import { aDeliveredOrder, anOrderAtWork, aPaidOrder, aRefund } from '../support/orders.js';
import { anOrder } from '../support/factories.js';
import { refusal, sql, wall } from '../support/refusals.js';

const kept = { codeDelivery: 'link' } as const;
const aKeptOrder = () => aDeliveredOrder(undefined, kept);

const setAt = (order: Order, column: 'revealed_at' | 'withdrawn_at') =>
  sql(`UPDATE orders SET ${column} = created WHERE id = ?`, order.id);

/** Writes past the hooks. */
const insertReturned = (order: Order, values: object = {}) =>
  ReturnedEsim.bulkCreate([
    {
      productId: order.productId,
      returnedById: order.id,
      soldToId: null,
      iccid: order.esimIccid!,
      activationCode: order.esimActivationCode!,
      providerOrderId: order.providerOrderId!,
      usableUntil: clock.now() + DAY,
      ...values,
    },
  ]);

const UNSEEN = 'only an eSIM whose code nobody has seen comes back';

describe('A code', () => {
  it('counts as seen when it goes out by mail, and else when it is revealed', async () => {
    expect((await aDeliveredOrder()).codeShown()).to.equal(true);
    const order = await aKeptOrder();
    expect(order.codeShown()).to.equal(false);
    await order.update({ revealedAt: clock.date() });
    expect(order.codeShown()).to.equal(true);
  });

  it('is handed over as was chosen when it was ordered', async () => {
    const order = await anOrder(await aProduct(), kept);
    expect(await refusal(order.update({ codeDelivery: 'mail' }))).to.equal('errors.frozen');
    const change = sql(`UPDATE orders SET code_delivery = 'mail' WHERE id = ?`, order.id);
    expect(await wall(change)).to.equal('how a code is handed over is chosen when it is ordered');
    const other = sql(`UPDATE orders SET code_delivery = 'pigeon' WHERE id = ?`, order.id);
    expect(await wall(other)).to.be.oneOf([
      'check',
      'how a code is handed over is chosen when it is ordered',
    ]);
    const unknown = anOrder(await aProduct(), { codeDelivery: 'pigeon' as never });
    expect(await refusal(unknown)).to.equal('errors.codeDelivery');
  });

  it('that goes out by mail is not completed unseen', async () => {
    const order = await anOrderAtWork();
    const statement = sql(
      `UPDATE orders SET status = 'completed', stock_state = 'consumed', esim_activation_code = 'x',
         completed_at = created WHERE id = ?`,
      order.id,
    );
    expect(await wall(statement)).to.equal('a code that goes out by mail is revealed when it is there');
    await order.update({ status: 'completed', stockState: 'consumed', esimActivationCode: 'LPA:1$a$b' });
    expect((await order.reload()).codeShown()).to.equal(true);
  });

  it('is revealed once', async () => {
    const order = await aKeptOrder();
    await order.update({ revealedAt: clock.date() });
    expect(await refusal(order.update({ revealedAt: null }))).to.equal('errors.order.revealed');
    await order.reload();
    expect(await wall(sql('UPDATE orders SET revealed_at = NULL WHERE id = ?', order.id))).to.match(/once/);
    expect(await refusal(Order.update({ revealedAt: null }, { where: {} }))).to.equal('errors.order.bulk');
  });

  it('is not revealed before it is there', async () => {
    const order = await anOrderAtWork(undefined, kept);
    expect(await refusal(order.update({ revealedAt: clock.date() }))).to.equal('errors.order.noCode');
    expect(await wall(setAt(order, 'revealed_at'))).to.match(/^a code is revealed once/);
  });

  it('is not revealed while its money goes back, but again when the refund has failed', async () => {
    const order = await aKeptOrder();
    const refund = await aRefund(order, { reason: 'customer_request' });
    expect(await refusal(order.update({ revealedAt: clock.date() }))).to.equal('errors.order.returning');
    await order.reload();
    expect(await wall(setAt(order, 'revealed_at'))).to.match(/^a code is revealed once/);
    await refund.update({ state: 'failed' });
    await order.update({ revealedAt: clock.date() });
  });
});

describe('A code whose order was withdrawn from', () => {
  it('stays unseen when the refund has failed, as the money goes back without it', async () => {
    const order = await aKeptOrder();
    await order.update({ withdrawnAt: clock.date() });
    const refund = await aRefund(order, { reason: 'customer_request' });
    await refund.update({ state: 'failed' });
    expect(await refusal(order.update({ revealedAt: clock.date() }))).to.equal('errors.order.returning');
    await order.reload();
    expect(await wall(setAt(order, 'revealed_at'))).to.equal(
      'a code whose order was withdrawn from is not revealed any more',
    );
  });
});

describe('A withdrawal', () => {
  it('is declared once, for an order that is paid', async () => {
    const unpaid = await anOrder(await aProduct());
    expect(await refusal(unpaid.update({ withdrawnAt: clock.date() }))).to.equal('errors.order.unpaid');
    expect(await wall(setAt(unpaid, 'withdrawn_at'))).to.equal('a paid order is withdrawn from once');
    const order = await aPaidOrder();
    await order.update({ withdrawnAt: clock.date() });
    expect(await refusal(order.update({ withdrawnAt: null }))).to.equal('errors.withdrawal.done');
    expect(await wall(sql('UPDATE orders SET withdrawn_at = NULL WHERE id = ?', order.id))).to.equal(
      'a paid order is withdrawn from once',
    );
  });
});

describe('An eSIM that nobody has seen', () => {
  it('comes back with its unit when the order is refunded', async () => {
    const product = await aProduct({ stock: 1 });
    const order = await aDeliveredOrder(product, kept);
    const { esimIccid, esimActivationCode } = order;
    await order.recordRefund('Withdrawn');

    expect(await order.reload()).to.include({ status: 'refunded', stockState: 'released', esimIccid: null });
    expect(await product.reload()).to.include({ stock: 1, isActive: true });
    const [esim] = await ReturnedEsim.findAll();
    expect(esim).to.include({ iccid: esimIccid, activationCode: esimActivationCode, soldToId: null });
    expect(esim!.usableUntil).to.equal(order.completedAt!.getTime() + 30 * DAY);
  });

  it('can be installed as long as the operator says', async () => {
    const order = await aDeliveredOrder(await aProduct({ installWithinDays: 90 }), kept);
    await order.recordRefund('Withdrawn');
    const [esim] = await ReturnedEsim.findAll();
    expect(esim!.usableUntil).to.equal(order.completedAt!.getTime() + 90 * DAY);
  });

  it('is another thing than one that was seen, that is another order’s, or that is not there', async () => {
    const seen = await aDeliveredOrder();
    expect(await refusal(ReturnedEsim.takeFrom(seen))).to.equal('errors.order.revealed');
    expect(await wall(insertReturned(seen))).to.equal(UNSEEN);
    const order = await aKeptOrder();
    const other = await aKeptOrder();
    for (const wrong of [
      { iccid: other.esimIccid! },
      { activationCode: other.esimActivationCode! },
      { productId: other.productId },
      { soldToId: other.id },
    ]) {
      expect(await wall(insertReturned(order, wrong))).to.equal(UNSEEN);
      expect(await refusal(ReturnedEsim.create({ ...columnsOf(order), ...wrong }))).to.equal(
        'errors.order.revealed',
      );
    }
    expect(await ReturnedEsim.count()).to.equal(0);
  });

  it('gives no unit back by itself', async () => {
    const order = await aKeptOrder();
    expect(await refusal(order.update({ stockState: 'released' }))).to.equal('errors.illegalMove');
    await order.reload();
    const move = sql(`UPDATE orders SET stock_state = 'released' WHERE id = ?`, order.id);
    expect(await wall(move)).to.match(/consumed stock does not come back|check/);
  });

  it('comes back once, and waits once', async () => {
    const order = await aKeptOrder();
    await ReturnedEsim.takeFrom(order);
    expect(await wall(insertReturned(order))).to.equal('unique');
  });

  it('is sold once, as it is, and never deleted', async () => {
    const order = await aKeptOrder();
    const esim = await ReturnedEsim.takeFrom(order);
    const [buyer, other] = [await aPaidOrder(), await aPaidOrder()];
    await esim.sellTo(buyer);
    expect(await refusal(esim.sellTo(other))).to.equal('errors.illegalMove');
    const STAYS = 'a returned eSIM stays what it is and is sold once';
    const set = (words: string) => sql(`UPDATE returned_esims SET ${words} WHERE id = ?`, esim.id);
    expect(await wall(set('sold_to = NULL'))).to.equal(STAYS);
    await esim.reload();
    for (const [column, value] of [
      ['iccid', '8901'],
      ['activationCode', 'LPA:1$x$y'],
      ['productId', newId()],
      ['returnedById', other.id],
      ['usableUntil', 1],
    ] as const) {
      expect(await refusal(esim.update({ [column]: value }))).to.equal('errors.frozen');
      await esim.reload();
    }
    for (const words of [
      'iccid = 1',
      `activation_code = 'x'`,
      'usable_until = 1',
      `returned_by = '${other.id}'`,
    ])
      expect(await wall(set(words))).to.equal(STAYS);
    expect(await refusal(esim.destroy())).to.equal('errors.neverDeleted');
    expect(await wall(sql('DELETE FROM returned_esims'))).to.equal('nothing that money touched is deleted');
  });

  it('goes to one order only', async () => {
    const buyer = await aPaidOrder();
    const [one, two] = [
      await ReturnedEsim.takeFrom(await aKeptOrder()),
      await ReturnedEsim.takeFrom(await aKeptOrder()),
    ];
    await one.sellTo(buyer);
    expect(await wall(sql('UPDATE returned_esims SET sold_to = ? WHERE id = ?', buyer.id, two.id))).to.equal(
      'unique',
    );
  });
});

const columnsOf = (order: Order) => ({
  productId: order.productId,
  returnedById: order.id,
  soldToId: null as string | null,
  iccid: order.esimIccid!,
  activationCode: order.esimActivationCode!,
  providerOrderId: order.providerOrderId!,
  usableUntil: clock.now() + DAY,
});
