import { expect } from 'chai';
import { correctAddressByStaff } from '../../src/checkout/correct-address.js';
import { HOUR, MINUTE } from '../../src/lib/clock.js';
import { liftHold } from '../../src/payments/lift-hold.js';
import { EmailLog } from '../../src/models/index.js';
import { queueAccountMail } from '../../src/mail/account-mails.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { aMember, expectRefusal } from '../support/members.js';
import { buy, onlyOrder } from '../support/shopping.js';
import { aColleague, aConfirmedAdmin } from '../support/staff.js';
import { work, workAfter } from '../support/work.js';

const { mailbox } = world;
const withCode = () => mailbox.mails().filter((mail) => JSON.stringify(mail).includes('LPA:'));
const codeMail = () => EmailLog.findOne({ where: { kind: 'esim_ready' }, rejectOnEmpty: true });

async function refund() {
  const { publicId } = await onlyOrder();
  const { visitor } = await aConfirmedAdmin();
  await visitor.post(`/admin/orders/${publicId}/refund`, { reason: 'The phone knows no eSIM' });
}

describe('A mail with a code', () => {
  it('that could not leave at once does not leave after the money went back', async () => {
    mailbox.fault('reject-451', 20);
    await buy(await aProduct());
    await refund();
    mailbox.lift('reject-451');
    await work();
    await workAfter(2 * HOUR);
    expect((await onlyOrder()).status).to.equal('refunded');
    expect(withCode()).to.have.length(0);
    expect(await codeMail()).to.include({ status: 'failed' });
    expect((await codeMail()).dismissedAt).to.be.instanceOf(Date);
  });

  it('that was refused is not sent again after the money went back', async () => {
    mailbox.fault('reject-550', 1);
    await buy(await aProduct());
    const { id } = await codeMail();
    await refund();
    await work();
    const { visitor } = await aColleague('support');
    await visitor.post(`/admin/emails/${id}/again`, {});
    await work();
    expect(withCode()).to.have.length(0);
  });

  it('waits while the order is on hold, and leaves when the hold is lifted', async () => {
    mailbox.fault('reject-550', 1);
    await buy(await aProduct());
    const { id } = await codeMail();
    const order = await onlyOrder();
    await order.update({ holdReason: 'dispute' });
    const { visitor } = await aColleague('support');
    await visitor.post(`/admin/emails/${id}/again`, {});
    await workAfter(MINUTE);
    expect(withCode()).to.have.length(0);
    await liftHold(order, 'Dispute closed: won');
    await work();
    expect(withCode()).to.have.length(1);
  });

  it('goes to no address that was corrected since', async () => {
    mailbox.fault('reject-550', 1);
    await buy(await aProduct());
    const { id } = await codeMail();
    const order = await onlyOrder();
    const { user, visitor } = await aColleague();
    await correctAddressByStaff(order, 'alicia@example.com', 'She called', user);
    await work();
    expect(mailbox.mails().map(({ to }) => to)).to.deep.equal(withCode().map(({ to }) => to));
    expect(JSON.stringify(mailbox.mails()))
      .to.contain('alicia@example.com')
      .and.not.contain('"alice@example.com');
    expectRefusal(
      await visitor.post(`/admin/emails/${id}/again`, {}),
      422,
      'The address was corrected since',
    );
    expect((await visitor.get('/admin/inbox')).text).to.contain('Nothing needs a person.');
  });
});

describe('An invitation of a colleague', () => {
  it('is sent again by admins alone, and lets nobody in who has come in since', async () => {
    const colleague = await aMember({ role: 'support' });
    await queueAccountMail('staff_invitation', 'old@example.com', 'en', colleague);
    const mail = await EmailLog.findOne({ rejectOnEmpty: true });
    await mail.update({ status: 'failed' });
    const support = await aColleague('support');
    expectRefusal(await support.visitor.post(`/admin/emails/${mail.id}/again`, {}), 403, 'admin');
    const admin = await aColleague();
    await admin.visitor.post(`/admin/emails/${mail.id}/again`, {});
    await work();
    expect(mailbox.mails()).to.have.length(0);
  });
});
