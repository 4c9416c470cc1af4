import { expect } from 'chai';
import { ContactRequest, EmailLog } from '../../src/models/index.js';
import { LONGEST_MESSAGE, TOPICS } from '../../src/models/contact-request.js';
import { aContactRequest, anOrder, aProduct, aUser } from '../support/factories.js';
import { refusal, sql, wall } from '../support/refusals.js';

const set = (column: string, value: unknown) => sql(`UPDATE contact_requests SET ${column} = ?`, value);

describe('Contact request', () => {
  it('begins open, and only moves forward', async () => {
    const staff = await aUser({ role: 'support' });
    const request = await aContactRequest();
    expect(request.state).to.equal('open');

    await request.recordAnswer('Please turn roaming on.', staff.id);
    expect(request).to.include({ state: 'answered', answeredById: staff.id });
    expect(await refusal(request.recordAnswer('Once more', staff.id))).to.equal('errors.illegalMove');
    expect(await refusal(request.update({ state: 'open' }))).to.equal('errors.illegalMove');
    expect(await wall(set('state', 'open'))).to.match(/only moves/);

    await request.close();
    expect(await refusal(request.close())).to.equal('errors.illegalMove');
    expect(await refusal(request.update({ state: 'answered' }))).to.equal('errors.illegalMove');
    expect(await wall(set('state', 'answered'))).to.match(/only moves/);
  });

  it('is answered with an answer', async () => {
    const request = await aContactRequest();
    const staff = await aUser({ role: 'support' });
    expect(await refusal(aContactRequest({ state: 'answered' }))).to.equal('errors.contact.answer');
    expect(await refusal(request.update({ state: 'answered' }))).to.equal('errors.contact.answer');
    await request.reload();
    expect(await refusal(request.update({ answer: 'No time' }))).to.equal('errors.contact.answer');
    await request.reload();
    expect(await wall(set('state', 'answered'))).to.equal('check');
    expect(await wall(set('answer', 'No time'))).to.equal('check');
    for (const answer of ['', '  ', 'x'.repeat(LONGEST_MESSAGE + 1)]) {
      expect(await refusal(request.recordAnswer(answer, staff.id))).to.equal('errors.contact.answer');
      await request.reload();
    }
  });

  it('has words, not too many', async () => {
    for (const message of ['', ' \n ', 'x'.repeat(LONGEST_MESSAGE + 1)])
      expect(await refusal(aContactRequest({ message }))).to.equal('errors.contact.message');
    await aContactRequest({ message: 'x'.repeat(LONGEST_MESSAGE) });
    expect(await wall(set('message', ''))).to.equal('check');
    expect(await wall(set('message', 'x'.repeat(LONGEST_MESSAGE + 1)))).to.equal('check');
    expect(await wall(set('device', 'x'.repeat(101)))).to.equal('check');
    expect(await wall(set('order_number', 'x'.repeat(101)))).to.equal('check');
  });

  it('has an address to answer to, and a topic of the list', async () => {
    for (const email of ['alice', 'a,b@example.com'])
      expect(await refusal(aContactRequest({ email }))).to.equal('errors.email');
    expect((await aContactRequest({ email: ' Alice@Example.COM' })).email).to.equal('alice@example.com');
    expect(await wall(set('email', 'ALICE@example.com'))).to.equal('check');
    for (const topic of TOPICS) await aContactRequest({ topic });
    expect(await refusal(aContactRequest({ topic: 'praise' as never }))).to.equal('errors.contact.topic');
    expect(await wall(set('topic', 'praise'))).to.equal('check');
  });

  it('is one for each form', async () => {
    const { formKey } = await aContactRequest();
    expect(await wall(aContactRequest({ formKey }))).to.equal('unique');
  });

  it('stays when the account of its sender or of who answered goes', async () => {
    const user = await aUser();
    const staff = await aUser({ role: 'support' });
    const order = await anOrder(await aProduct());
    const request = await aContactRequest({ userId: user.id, orderId: order.id });
    await request.recordAnswer('Please turn roaming on.', staff.id);
    await user.destroy();
    await staff.destroy();
    const [kept] = await ContactRequest.findAll({ include: 'order' });
    expect(kept).to.include({ userId: null, answeredById: null, state: 'answered' });
    expect(kept!.order!.id).to.equal(order.id);
  });

  it('holds nothing but what it is made for', async () => {
    await aContactRequest();
    expect(await wall(set('id', 'short'))).to.equal('check');
    expect(await wall(set('state', 'lost'))).to.equal('check');
    for (const column of ['"order"', '"user"', 'answered_by'])
      expect(await wall(set(column, 'nobody')), column).to.equal('foreign key');
    const answered = sql(
      'UPDATE contact_requests SET answer = ?, answered_at = created',
      'x'.repeat(LONGEST_MESSAGE + 1),
    );
    expect(await wall(answered)).to.equal('check');
  });

  it('stays while a mail speaks of it', async () => {
    const { id } = await aContactRequest();
    const mail = await EmailLog.create({
      kind: 'contact_received',
      dedupeKey: 'key',
      messageId: '<key>',
      recipient: 'alice@example.com',
      contactRequestId: id,
    });
    expect(await wall(sql('DELETE FROM contact_requests'))).to.equal('foreign key');
    expect(await wall(mail.update({ contactRequestId: 'nobody' }))).to.equal('foreign key');
  });
});
