import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../src/lib/ids.js';
import { tx } from '../../src/database.js';
import { FulfilmentAttempt, Refund, type Order } from '../../src/models/index.js';
import { aProduct } from '../support/factories.js';
import {
  aDeliveredOrder,
  aFailedOrder,
  anAttempt,
  anOrderAtWork,
  aPaidOrder,
  aRefund,
} from '../support/orders.js';
import { refusal, sql, wall } from '../support/refusals.js';

const UNCERTAIN = 'no automatic refund while an eSIM may have been bought';
const NO_MORE = 'no eSIM is bought for an order that is refunded or delivered';

/** Writes past the hooks, as a bulk write does. */
const insertRefund = (order: Order, values: object = {}) =>
  Refund.bulkCreate([
    {
      orderId: order.id,
      amountMinor: order.amountMinor,
      currency: order.currency,
      reason: 'undeliverable',
      requestedAt: 1,
      ...values,
    },
  ]);

const insertAttempt = (order: Order, values: object = {}) =>
  FulfilmentAttempt.bulkCreate([
    {
      orderId: order.id,
      number: 2,
      reference: newId(),
      provider: 'Airalo',
      providerProductId: 'sku',
      sentAt: 1,
      ...values,
    },
  ]);

describe('A refund', () => {
  it('returns exactly what the order was paid with, once', async () => {
    const order = await aFailedOrder();
    for (const values of [{ amountMinor: 449 }, { amountMinor: 451 }, { currency: 'EUR' as const }]) {
      expect(await refusal(aRefund(order, values))).to.equal('errors.refund.amount');
      expect(await wall(insertRefund(order, values))).to.equal(
        'a refund returns the amount that the order was paid with',
      );
    }
    await aRefund(order);
    expect(await refusal(aRefund(order, { reason: 'dashboard' }))).to.equal('errors.refund.twice');
    expect(await wall(insertRefund(order))).to.equal('unique');
    expect(await Refund.count()).to.equal(1);
  });

  it('does not happen by itself while an eSIM may have been bought', async () => {
    for (const state of ['sent', 'unknown', 'succeeded'] as const) {
      const order = await anOrderAtWork();
      await anAttempt(order, { state });
      for (const reason of ['undeliverable', 'paid_too_late'] as const) {
        expect(await refusal(aRefund(order, { reason })), state).to.equal('errors.refund.uncertain');
        expect(await wall(insertRefund(order, { reason })), state).to.equal(UNCERTAIN);
      }
    }
    expect(await Refund.count()).to.equal(0);
  });

  it('happens once every attempt has ended without an eSIM, and always when a person asks', async () => {
    const order = await anOrderAtWork();
    await anAttempt(order, { state: 'rejected' });
    await anAttempt(order, { state: 'abandoned', number: 2 });
    await aRefund(order);

    const delivered = await aDeliveredOrder();
    await anAttempt(delivered, { state: 'succeeded', number: 1 });
    await aRefund(delivered, { reason: 'customer_request' });
    expect(await Refund.count()).to.equal(2);
  });

  it('keeps its order, amount and currency, and does not unhappen', async () => {
    const refund = await aRefund(await aFailedOrder());
    const other = await aFailedOrder();
    await refund.update({ state: 'succeeded' });
    for (const [field, column, value] of [
      ['orderId', '"order"', other.id],
      ['amountMinor', 'amount_minor', 1],
      ['currency', 'currency', 'EUR'],
    ]) {
      expect(await refusal(refund.update({ [field!]: value })), String(field)).to.equal('errors.frozen');
      const written = sql(`UPDATE refunds SET ${column} = ? WHERE id = ?`, value, refund.id);
      expect(await wall(written), String(column)).to.equal('a refund keeps its order and amount');
      await refund.reload();
    }
    expect(await refusal(refund.update({ state: 'requested' }))).to.equal('errors.illegalMove');
    const undone = sql(`UPDATE refunds SET state = 'pending' WHERE id = ?`, refund.id);
    expect(await wall(undone)).to.equal('a refund keeps its order and amount');
  });

  it('is known by one id at Stripe', async () => {
    await aRefund(await aFailedOrder(), { stripeRefundId: 're_1' });
    expect(await wall(aRefund(await aFailedOrder(), { stripeRefundId: 're_1' }))).to.equal('unique');
  });
});

describe('An attempt to buy', () => {
  it('is not begun once the money goes back', async () => {
    const order = await aFailedOrder();
    await aRefund(order, { reason: 'customer_request' });
    expect(await refusal(anAttempt(order))).to.equal('errors.attempt.refunded');
    expect(await wall(insertAttempt(order))).to.equal(NO_MORE);
  });

  it('is the only open one, and the last once it has succeeded', async () => {
    for (const state of ['sent', 'unknown'] as const) {
      const order = await anOrderAtWork();
      await anAttempt(order, { state });
      expect(await refusal(anAttempt(order, { number: 2 }))).to.equal('errors.attempt.open');
      expect(await wall(insertAttempt(order))).to.equal('unique');
    }
    const order = await anOrderAtWork();
    await anAttempt(order, { state: 'succeeded' });
    expect(await refusal(anAttempt(order, { number: 2 }))).to.equal('errors.attempt.delivered');
    expect(await wall(insertAttempt(order))).to.equal(NO_MORE);
  });

  it('follows one that was rejected, under a number and a reference of its own', async () => {
    const order = await anOrderAtWork();
    const first = await anAttempt(order, { state: 'rejected' });
    expect(await wall(anAttempt(order, { reference: 'another' }))).to.equal('unique');
    const sameReference = { number: 2, reference: first.reference };
    expect(await wall(anAttempt(order, sameReference))).to.equal('unique');
    await anAttempt(order, { number: 2, state: 'succeeded' });
    const second = sql(`UPDATE fulfilment_attempts SET state = 'succeeded' WHERE id = ?`, first.id);
    expect(await wall(second)).to.be.oneOf(['an attempt ends once', 'unique']);
  });

  it('ends once', async () => {
    for (const state of ['succeeded', 'rejected', 'abandoned'] as const) {
      const attempt = await anAttempt(await anOrderAtWork(), { state });
      expect(await refusal(attempt.update({ state: 'sent' }))).to.equal('errors.illegalMove');
      const reopened = sql(`UPDATE fulfilment_attempts SET state = 'unknown' WHERE id = ?`, attempt.id);
      expect(await wall(reopened)).to.equal('an attempt ends once');
    }
  });

  it('has a wholesaler’s order for itself, and at most one is open where two could not be told apart', async () => {
    await anAttempt(await anOrderAtWork(), { providerOrderId: 'W-1' });
    expect(await wall(anAttempt(await anOrderAtWork(), { providerOrderId: 'W-1' }))).to.equal('unique');
    await anAttempt(await anOrderAtWork(), { providerOrderId: 'W-1', provider: 'MobiMatter' });
    await anAttempt(await anOrderAtWork(), { serialKey: 'eSIM Card:sku' });
    expect(await wall(anAttempt(await anOrderAtWork(), { serialKey: 'eSIM Card:sku' }))).to.equal('unique');
  });

  it('and a refund that begin at the same moment do not both happen', async () => {
    const product = await aProduct({ stock: 30 });
    for (let round = 0; round < 10; round += 1) {
      const order = await aPaidOrder(product);
      const held = (write: () => Promise<unknown>) =>
        tx(async () => {
          await write();
          await pause(20);
        });
      const results = await Promise.allSettled([
        held(() => insertAttempt(order)),
        held(() => insertRefund(order)),
      ]);
      expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    }
  });
});
