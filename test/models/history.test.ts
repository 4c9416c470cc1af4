import { expect } from 'chai';
import { newId, newUuid } from '../../src/lib/ids.js';
import { AuditLog, AutomationLog, EmailLog, Order, WebhookEvent } from '../../src/models/index.js';
import { holdCoupon } from '../../src/coupons/redemption.js';
import { aCoupon, anOrder, aProduct, aPurchase, aUser } from '../support/factories.js';
import { aFailedOrder, anAttempt, anOrderAtWork, aRefund } from '../support/orders.js';
import { refusal, sql, wall } from '../support/refusals.js';

const STAYS = 'nothing that money touched is deleted';

const anAudit = async () =>
  AuditLog.create({
    actorId: (await aUser({ role: 'support' })).id,
    action: 'update',
    entity: 'esim_products',
    entityId: 'a'.repeat(15),
    before: [{ price: '4.50' }],
    after: [{ price: '5.00' }],
  });

describe('History', () => {
  it('keeps orders, purchases, attempts, refunds, uses of coupons and timelines', async () => {
    const order = await aFailedOrder();
    await anAttempt(await anOrderAtWork());
    await aRefund(order);
    const purchase = await aPurchase();
    await holdCoupon((await aCoupon()).id, purchase);
    const attempts = await order.sequelize.model('FulfilmentAttempt').findAll();
    for (const model of [
      order,
      purchase,
      attempts[0]!,
      (await order.sequelize.model('Refund').findOne())!,
      (await order.sequelize.model('CouponRedemption').findOne())!,
      (await AutomationLog.findOne())!,
    ]) {
      const { name, tableName } = model.constructor as typeof AutomationLog;
      const table = order.sequelize.model(name);
      expect(await refusal(model.destroy()), name).to.equal('errors.neverDeleted');
      expect(await refusal(table.destroy({ where: {} })), name).to.equal('errors.neverDeleted');
      expect(await wall(sql(`DELETE FROM ${tableName}`)), name).to.equal(STAYS);
      expect(await table.count(), name).to.be.above(0);
    }
  });

  it('has a line for every move of an order, with the reason', async () => {
    const order = await aFailedOrder();
    await order.recordRefund('Refunded');
    const lines = await AutomationLog.findAll({ where: { orderId: order.id, step: ['status', 'payment'] } });
    expect(
      lines.map(({ statusFrom, statusTo, message }) => `${statusFrom} ${statusTo} ${message ?? ''}`.trim()),
    ).to.have.members([
      'pending paid',
      'pending processing',
      'processing failed Nobody could deliver',
      'failed refunded Nobody could deliver',
      'paid refunded Nobody could deliver',
    ]);
  });

  it('has a line for what a statement does that passes by the hooks', async () => {
    const order = await anOrder(await aProduct());
    await Order.bulkCreate([{ ...order.get(), id: newId(), publicId: newUuid() }]);
    expect(await AutomationLog.count({ where: { step: 'placed' } })).to.equal(2);
    await sql(`UPDATE orders SET payment_status = 'paid', error_message = 'By hand' WHERE id = ?`, order.id);
    await sql(`UPDATE orders SET status = 'processing', payment_status = 'paid' WHERE id = ?`, order.id);
    const lines = await AutomationLog.findAll({ where: { orderId: order.id, step: ['status', 'payment'] } });
    expect(lines.map(({ step, statusFrom, statusTo }) => [step, statusFrom, statusTo])).to.have.deep.members([
      ['payment', 'pending', 'paid'],
      ['status', 'pending', 'processing'],
    ]);
    for (const { id, message, actor, created } of lines) {
      expect(id).to.match(/^[a-z0-9]{15}$/);
      expect({ message, actor }).to.deep.equal({ message: 'By hand', actor: 'shop' });
      expect(Math.abs(Date.now() - created.getTime())).to.be.below(5000);
    }
  });

  it('of an order is never changed', async () => {
    await anOrder(await aProduct());
    const line = await AutomationLog.findOne({ rejectOnEmpty: true });
    expect(await refusal(line.update({ message: 'nothing happened' }))).to.equal('errors.writtenOnce');
    expect(await refusal(AutomationLog.update({ step: 'x' }, { where: {} }))).to.equal('errors.writtenOnce');
    expect(await wall(sql(`UPDATE automation_logs SET message = 'x'`))).to.equal(
      'an order’s history is never changed',
    );
  });

  it('of what staff did is final, and holds the account that did it', async () => {
    const entry = await anAudit();
    expect(await refusal(entry.update({ action: 'read' }))).to.equal('errors.writtenOnce');
    expect(await refusal(entry.destroy())).to.equal('errors.neverDeleted');
    expect(await refusal(AuditLog.destroy({ where: {} }))).to.equal('errors.neverDeleted');
    expect(await refusal(AuditLog.update({ action: 'read' }, { where: {} }))).to.equal('errors.writtenOnce');
    expect(await wall(sql(`UPDATE audit_logs SET after = '{}'`))).to.equal('audit entries are never changed');
    expect(await wall(sql('DELETE FROM audit_logs'))).to.equal('audit entries are never deleted');
    expect(await wall(sql('DELETE FROM users WHERE id = ?', entry.actorId))).to.equal('foreign key');
  });

  it('has each mail and each event once', async () => {
    const mail = {
      kind: 'esim_ready',
      dedupeKey: 'esim_ready:1',
      messageId: '<1@shop>',
      recipient: 'a@b.co',
    } as const;
    await EmailLog.create(mail);
    expect(await wall(EmailLog.create(mail))).to.equal('unique');

    const event = { source: 'stripe', eventId: 'evt_1', type: 'charge.refunded', payload: {} } as const;
    await WebhookEvent.create(event);
    expect(await wall(WebhookEvent.create(event))).to.equal('unique');
    await WebhookEvent.create({ ...event, source: 'airalo' });
  });
});
