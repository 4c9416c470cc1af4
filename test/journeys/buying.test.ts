import { expect } from 'chai';
import { AutomationLog, EmailLog, Order, Product, Purchase } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { buy, onlyOrder } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';

describe('Buying', () => {
  it('one eSIM: paid, issued, shown and mailed', async () => {
    const plan = await aProduct();
    const { alice, returnPath } = await buy(plan);

    const page = await alice.follow(returnPath);
    const [bought] = world.airalo.ledger();
    expect(page.status).to.equal(200);
    expect(page.text).to.contain('Your eSIM is ready').and.contain(bought!.iccid);
    expect(page.$('img.qr').attr('src')).to.match(/^data:image\/png;base64,/);
    expect(page.$('.install-links a').first().attr('href')).to.equal(
      `https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=${bought!.lpa}`,
    );

    const order = await onlyOrder();
    expect(order).to.include({ status: 'completed', paymentStatus: 'paid', stockState: 'consumed' });
    expect(order).to.include({ esimIccid: bought!.iccid, amountMinor: 450 });
    expect((await Product.findByPk(plan.id))!.stock).to.equal(9);
    expect((await Purchase.findOne())!.state).to.equal('paid');
  });

  it('mails the QR as a picture and the codes as text, once', async () => {
    await buy(await aProduct());

    const mails = world.mailbox.mails();
    const { lpa } = world.airalo.ledger()[0]!;
    expect(mails).to.have.length(1);
    const [mail] = mails;
    expect(mail!.to).to.deep.equal(['alice@example.com']);
    expect(mail!.text).to.contain(lpa!).and.contain('SM-DP+ address').and.contain('/orders/');
    expect(mail!.html).to.match(/<img src="(cid:esim-qr|data:image\/png)/);
    expect(mail!.attachments.map(({ contentType, cid }) => [contentType, cid])).to.deep.equal([
      ['image/png', 'esim-qr'],
    ]);
    expect(await EmailLog.count({ where: { status: 'sent' } })).to.equal(1);
    expect((await onlyOrder()).emailSentAt).to.be.instanceOf(Date);
  });

  it('opens the order from the link in the mail, in any browser, and from no other link', async () => {
    await buy(await aProduct());
    const link = /https?:\S+\/orders\/\S+/.exec(world.mailbox.mails()[0]!.text)![0];
    const stranger = new Visitor();

    const { publicId } = await onlyOrder();
    expect((await stranger.get(link)).text).to.contain('Your eSIM is ready');
    expect((await stranger.get(`/orders/${publicId}`)).status).to.equal(404);
    expect((await stranger.get(`/orders/${publicId}?token=${'A'.repeat(43)}`)).status).to.equal(404);
    expect((await stranger.get(link)).headers.get('Cache-Control')).to.equal('no-store');
  });

  it('three eSIMs of two kinds with one payment', async () => {
    const japan = await aProduct({ priceMinor: 450 });
    const korea = await aProduct({ priceMinor: 1000, provider: 'MobiMatter', providerProductId: 'MM-KR-1' });
    const { alice, returnPath } = await buy([
      [japan, 2],
      [korea, 1],
    ]);

    const { sessions } = world.stripe.ledger();
    expect(sessions.map((session) => session.amount_total)).to.deep.equal([1900]);
    expect(await Order.count({ where: { status: 'completed' } })).to.equal(3);
    expect(new Set((await Order.findAll()).map((order) => order.esimIccid)).size).to.equal(3);
    expect(world.airalo.ledger()).to.have.length(2);
    expect(world.mobiMatter.ledger()).to.have.length(1);
    expect(world.mailbox.mails()).to.have.length(3);
    const page = await alice.follow(returnPath);
    expect(page.$('#purchase .badge-ok')).to.have.length(3);
  });

  it('empties the cart once it is paid, and only then', async () => {
    const plan = await aProduct();
    const alice = new Visitor();
    await alice.put(plan);
    const session = await alice.startPaying();
    expect((await alice.get('/cart')).text).to.contain(plan.name);
    world.stripe.pay(session);
    await alice.follow(`/checkout/return?session_id=${session}`);
    expect((await alice.get('/cart')).text).to.contain('Your cart is empty');
  });

  it('leaves a timeline of every step', async () => {
    await buy(await aProduct());
    const steps = (await AutomationLog.findAll()).map((entry) =>
      `${entry.step} ${entry.statusTo ?? ''}`.trim(),
    );
    expect(steps).to.have.members([
      'placed',
      'payment paid',
      'status processing',
      'attempt',
      'status completed',
      'email',
    ]);
  });
});
