import { expect } from 'chai';
import { Op } from 'sequelize';
import { correctAddress } from '../../src/checkout/correct-address.js';
import { needingAPerson } from '../../src/office/inbox/inbox.js';
import { HOUR, MINUTE, SECOND } from '../../src/lib/clock.js';
import { compose } from '../../src/mail/compose.js';
import { queueMail } from '../../src/mail/outbox.js';
import { EmailLog, OrderLink } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { aFailedOrder } from '../support/orders.js';
import { buy, onlyOrder } from '../support/shopping.js';
import { workAfter } from '../support/work.js';

const { mailbox } = world;
/** About an order, but for the question how it was, which waits. */
const theMail = () =>
  EmailLog.findOne({ where: { kind: { [Op.ne]: 'review_invitation' } }, rejectOnEmpty: true });

describe('The outbox', () => {
  for (const fault of ['reject-451', 'drop-before-data'] as const) {
    it(`sends later what could not be sent (${fault}); the order is complete all the same`, async () => {
      mailbox.fault(fault, 2);
      await buy(await aProduct());
      expect((await onlyOrder()).status).to.equal('completed');
      expect(mailbox.mails()).to.have.length(0);

      mailbox.lift(fault);
      await workAfter(20 * MINUTE);
      expect(mailbox.mails()).to.have.length(1);
      expect((await theMail()).status).to.equal('sent');
    });
  }

  it('gives up on an address that does not exist, and tells a person', async () => {
    mailbox.fault('reject-550', 1);
    await buy(await aProduct());
    await workAfter(HOUR);
    expect((await theMail()).status).to.equal('failed');
    expect((await needingAPerson()).map(({ why }) => why)).to.deep.equal(['A mail was refused: esim_ready']);
  });

  it('sends the same mail again, recognisably, when the line dropped after it was taken', async () => {
    mailbox.fault('drop-after-data', 1);
    await buy(await aProduct());
    await workAfter(MINUTE);
    const mails = mailbox.mails();
    expect(mails).to.have.length(2);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).to.equal(1);
  });

  it('gives no link to an address that was corrected when the mail was about to leave', async () => {
    const order = await aFailedOrder();
    await queueMail({ kind: 'order_failed', order });
    const claimed = await theMail();
    await correctAddress(order.purchaseId, 'bob@example.com');
    await compose(claimed);
    expect(claimed.recipient).to.equal('bob@example.com');
    expect(await EmailLog.count()).to.equal(1);
  });

  it('stores neither code nor token', async () => {
    await buy(await aProduct());
    await workAfter(SECOND);
    const mail = mailbox.mails()[0]!;
    const token = /token=([\w-]{43})/.exec(mail.text)![1]!;
    const stored = JSON.stringify([await EmailLog.findAll(), await OrderLink.findAll()]);
    expect(stored)
      .to.not.contain(token)
      .and.not.contain((await onlyOrder()).esimActivationCode!);
  });
});
