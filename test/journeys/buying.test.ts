import { expect } from 'chai';
import { EmailLog, Order, Product, Purchase } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { Visitor } from '../support/visitor.js';
import { work } from '../support/work.js';

describe('Buying', () => {
  it('one eSIM: paid, issued, shown and mailed', async () => {
    const plan = await aProduct();
    const alice = new Visitor();
    await alice.put(plan);
    const session = await alice.startPaying();
    world.stripe.pay(session);
    await work();

    const page = await alice.follow(`/checkout/return?session_id=${session}`);
    const [bought] = world.airalo.ledger();
    expect(page.status).to.equal(200);
    expect(page.text).to.contain('Your eSIM is ready').and.contain(bought!.iccid);
    expect(page.$('img.qr').attr('src')).to.match(/^data:image\/png;base64,/);

    const order = await Order.findOne({ rejectOnEmpty: true });
    expect(order).to.include({
      status: 'completed',
      paymentStatus: 'paid',
      stockState: 'consumed',
      esimIccid: bought!.iccid,
    });
    expect((await Product.findByPk(plan.id))!.stock).to.equal(9);
    expect((await Purchase.findOne())!.state).to.equal('paid');

    const mails = world.mailbox.mails();
    expect(mails).to.have.length(1);
    expect(mails[0]!.to).to.deep.equal(['alice@example.com']);
    expect(mails[0]!.text).to.contain(bought!.lpa!);
    expect(await EmailLog.count({ where: { status: 'sent' } })).to.equal(1);
  });
});
