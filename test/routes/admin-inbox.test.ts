import { expect } from 'chai';
import { HOUR, MINUTE } from '../../src/lib/clock.js';
import { AuditLog, EmailLog, ProviderAccount, Refund, WebhookEvent } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aContactRequest, aProduct } from '../support/factories.js';
import { expectRefusal } from '../support/members.js';
import { aReview } from '../support/reviews.js';
import { buy, onlyOrder } from '../support/shopping.js';
import { work, workAfter } from '../support/work.js';
import { aColleague, aConfirmedAdmin } from '../support/staff.js';

describe('The inbox of the back office', () => {
  it('is empty when nothing is wrong', async () => {
    await buy(await aProduct());
    const { visitor } = await aColleague('support');
    expect((await visitor.get('/admin/inbox')).text).to.contain('Nothing needs a person.');
  });

  it('shows an order whose eSIM may have been bought, with what is not known', async () => {
    world.airalo.fault('timeout-bought');
    world.airalo.fault('look-up-down');
    await buy(await aProduct());
    await workAfter(16 * MINUTE);
    const { visitor } = await aColleague('support');
    const page = await visitor.get('/admin/inbox');
    expect(page.text).to.contain('whether Airalo sold an eSIM is not known');
    expect(page.$(`a[href="/admin/orders/${(await onlyOrder()).publicId}"]`)).to.have.length(1);
  });

  it('sends a refused mail again with one press, once; or puts it aside', async () => {
    world.mailbox.fault('reject-550', 1);
    await buy(await aProduct());
    const mail = (await EmailLog.findOne({ where: { status: 'failed' } }))!;
    const { user, visitor } = await aColleague('support');
    const page = await visitor.get('/admin/inbox');
    expect(page.text).to.contain('A mail was refused: esim_ready');
    await visitor.post(page.$('form[action$="/again"]').attr('action')!, {});
    await work();
    expect(world.mailbox.mails()).to.have.length(1);
    expectRefusal(
      await visitor.post(`/admin/emails/${mail.id}/again`, {}),
      422,
      'Only a mail that was refused',
    );
    expect(await AuditLog.findOne({ where: { action: 'send_again' } })).to.include({ actorId: user.id });

    world.mailbox.fault('reject-550', 1);
    await buy(await aProduct());
    const other = (await EmailLog.findOne({ where: { status: 'failed' } }))!;
    await visitor.post(`/admin/emails/${other.id}/dismissal`, {});
    expect((await visitor.get('/admin/inbox')).text).to.contain('Nothing needs a person.');
    expect((await visitor.get('/admin/emails?status=failed')).text).to.contain('esim_ready');
  });

  it('asks for a refused refund again with a new key, once', async () => {
    world.airalo.fault('sold-out');
    world.stripe.fault('refund-pending');
    await buy(await aProduct());
    const refund = await Refund.findOne({ rejectOnEmpty: true });
    const { publicId } = await onlyOrder();
    const { visitor } = await aConfirmedAdmin();
    const again = () => visitor.post(`/admin/orders/${publicId}/refund/again`, {});
    expectRefusal(await again(), 422, 'This refund has not failed.');
    world.stripe.settleRefund(refund.stripeRefundId!, 'failed');
    await work();
    const page = await visitor.get('/admin/inbox');
    expect(page.text).to.contain('The refund failed');
    await visitor.post(page.$('form[action$="/refund/again"]').attr('action')!, {});
    expectRefusal(await again(), 422, 'This refund has not failed.');
    await work();
    expect((await refund.reload()).state).to.equal('succeeded');
    expect(world.stripe.ledger().refunds.map(({ status }) => status)).to.deep.equal(['failed', 'succeeded']);
    expect((await visitor.get('/admin/inbox')).text).to.contain('Nothing needs a person.');
  });

  it('shows reviews, questions and requests for a refund, each with the way to its list', async () => {
    await aReview(await aProduct({ stock: 5 }));
    await aContactRequest();
    const refund = await aContactRequest({ topic: 'refund' });
    const { visitor } = await aColleague('support');
    const { $ } = await visitor.get('/admin/inbox');
    for (const href of ['/admin/reviews', '/admin/contact-requests', `/admin/contact-requests/${refund.id}`])
      expect($(`main a[href="${href}"]`), href).to.have.length(1);
  });

  it('shows a message that could not be worked on, and works on it again with one press', async () => {
    world.stripe.fault('down');
    const event = await WebhookEvent.create({
      source: 'stripe',
      eventId: 'evt_stubborn',
      type: 'checkout.session.completed',
      payload: { id: 'cs_1', object: 'checkout.session' },
      attempts: 6,
    });
    const { visitor } = await aColleague();
    const page = await visitor.get('/admin/inbox');
    expect(page.text).to.contain('Tried 6 times');
    world.stripe.lift('down');
    await visitor.post(page.$('form[action$="/replay"]').attr('action')!, {});
    expect(await event.reload()).to.include({ state: 'received', attempts: 0 });
  });

  it('shows a wholesaler’s balance that runs out', async () => {
    await ProviderAccount.create({
      provider: 'Airalo',
      position: 3,
      lowBalanceMinor: 5000,
      balanceMinor: 4999,
      balanceReadAt: Date.now() - HOUR,
    });
    const { visitor } = await aColleague();
    expect((await visitor.get('/admin/inbox')).text).to.contain('Only $49.99 is left');
  });
});
