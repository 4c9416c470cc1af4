import { expect } from 'chai';
import { AuditLog, Order, Refund } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { MINUTE, clock } from '../../src/lib/clock.js';
import { aLoggedInMember, aMember, confirm, expectRefusal, logIn, PASSWORD } from '../support/members.js';
import { buy, onlyOrder, startBuying } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';
import { work } from '../support/work.js';

async function staff(role: 'admin' | 'support' = 'admin') {
  const visitor = new Visitor();
  await logIn(visitor, await aMember({ role }));
  if (role === 'admin') await confirm(visitor);
  return visitor;
}

const form = { reason: 'The network in Kyoto is down' };

describe('A refund by staff', () => {
  it('returns the money of a delivered order, and stands in the books', async () => {
    await buy(await aProduct());
    const { id, publicId } = await onlyOrder();
    const admin = await staff();
    const order = await admin.get(`/admin/orders/${publicId}`);
    const page = await admin.get(order.$(`a[href$="/refund"]`).attr('href')!);
    expect(page.text).to.contain('The code was shown, so the eSIM is lost.');
    const { location } = await admin.post(`/admin/orders/${publicId}/refund`, form);
    expect(location).to.equal(`/admin/orders/${publicId}`);
    await work();
    expect((await onlyOrder()).status).to.equal('refunded');
    expect(world.stripe.ledger().refunds.map(({ amount }) => amount)).to.deep.equal([450]);
    expect(await AuditLog.findOne({ where: { entityId: id }, rejectOnEmpty: true })).to.deep.include({
      action: 'refund',
      after: { refund: 'requested', why: form.reason },
    });
  });

  it('is refused without a reason, twice, and before the delivery', async () => {
    const { session } = await startBuying(await aProduct());
    const { publicId } = await onlyOrder();
    const admin = await staff();
    const ask = (values: object = {}) =>
      admin.post(`/admin/orders/${publicId}/refund`, { ...form, ...values });
    expectRefusal(await ask(), 422, 'This order is not delivered.');
    world.stripe.pay(session);
    await work();
    expectRefusal(await ask({ reason: ' ' }), 422, 'Please say why');
    const wrong = await ask({ reason: 'x'.repeat(501) });
    expect(wrong.status).to.equal(422);
    expect(wrong.$('textarea').val()).to.equal('x'.repeat(500));
    expect(await Refund.count()).to.equal(0);
    await ask();
    expectRefusal(await ask(), 422, 'This order already has a refund.');
    expect(await Refund.count()).to.equal(1);
    expect(await AuditLog.count({ where: { action: 'refund' } })).to.equal(1);
  });

  it('waits for an admin who has shown who they are within ten minutes', async () => {
    await buy(await aProduct());
    const { publicId } = await onlyOrder();
    const path = `/admin/orders/${publicId}/refund`;
    const admin = new Visitor();
    await logIn(admin, await aMember({ role: 'admin' }));
    const page = `/admin/confirm?next=${encodeURIComponent(path)}`;
    expect((await admin.get(path)).location).to.equal(page);
    // The password in the form itself counts for nothing any more.
    const stopped = await admin.post(path, { ...form, password: PASSWORD });
    expect(stopped.location).to.equal(`${page}&stopped=1`);
    expect((await admin.get(stopped.location!)).text).to.contain('Nothing was changed yet.');
    expect(await AuditLog.count({ where: { action: 'refused', entityId: path } })).to.equal(1);

    expectRefusal(await confirm(admin, { password: 'guess', next: path }), 422, 'not your present password');
    expect((await admin.post(path, form)).location).to.equal(`${page}&stopped=1`);
    expect(await Refund.count()).to.equal(0);

    expect((await confirm(admin, { next: path })).location).to.equal(path);
    expect((await admin.get(path)).status).to.equal(200);
    clock.advance(11 * MINUTE);
    expect((await admin.post(path, form)).location).to.equal(`${page}&stopped=1`);
    expect(await Refund.count()).to.equal(0);
    await confirm(admin);
    expect((await admin.post(path, form)).location).to.equal(`/admin/orders/${publicId}`);
    expect(await Refund.count()).to.equal(1);
  });

  it('is an admin’s alone', async () => {
    await buy(await aProduct());
    const { publicId } = await onlyOrder();
    const path = `/admin/orders/${publicId}/refund`;
    const support = await staff('support');
    expect((await support.get(`/admin/orders/${publicId}`)).$(`a[href$="/refund"]`)).to.have.length(0);
    expectRefusal(await support.post(path, form), 403, 'Only an admin may do this.');
    expect((await (await aLoggedInMember()).visitor.post(path, form)).status).to.equal(404);
    expect((await new Visitor().post(path, form)).location).to.match(/^\/login/);
    expect(await Order.count({ where: { status: 'completed' } })).to.equal(1);
    expect(await Refund.count()).to.equal(0);
  });
});
