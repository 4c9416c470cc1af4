import { expect } from 'chai';
import { DAY, MINUTE } from '../../src/lib/clock.js';
import {
  AutomationLog,
  ContactRequest,
  Order,
  OrderLink,
  Product,
  Purchase,
  Refund,
  ReturnedEsim,
} from '../../src/models/index.js';
import { stripe } from '../../src/payments/stripe.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { buy, onlyOrder, startBuying, subjects } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';
import { work, workAfter } from '../support/work.js';

const KEPT = { code_delivery: 'link', consent: '' };

/** Alice has bought a plan, and its code waits behind her link. */
async function aKeptOrder(plan?: Product) {
  const { alice } = await buy(plan ?? (await aProduct()), KEPT);
  const order = await Order.findOne({ order: [['created', 'DESC']], rejectOnEmpty: true });
  return { alice, order, path: `/orders/${order.publicId}` };
}

const mailTo = () => world.mailbox.mails().at(-1)!;
const linkIn = ({ text }: { text: string }) => /\/orders\/\S+\?token=[\w-]{43}/.exec(text)![0];

describe('Choosing how to get the code', () => {
  it('needs a tick for the mail, stores what was agreed to, and mails the code', async () => {
    const plan = await aProduct();
    const alice = new Visitor();
    await alice.put(plan);
    const form = await alice.get('/checkout');
    expect(form.$('#consent').is(':checked')).to.equal(false);
    expect(form.$('input[name=code_delivery]:checked').val()).to.equal('mail');

    const refused = await alice.checkOut({ consent: '', email: 'alice at home' });
    expect(refused.status).to.equal(422);
    expect(
      refused
        .$('.error-summary a')
        .toArray()
        .map((link) => link.attribs.href),
    ).to.deep.equal(['#email', '#consent']);
    expect(await Purchase.count()).to.equal(0);

    world.stripe.pay(await alice.startPaying());
    await work();
    const { consent } = await Purchase.findOne({ rejectOnEmpty: true });
    expect(consent).to.include({
      version: '2026-11-28',
      text: form.$('label:has(#consent) > span').contents().first().text().trim(),
    });
    const order = await onlyOrder();
    expect(order.codeShown()).to.equal(true);
    expect(mailTo().text).to.contain(order.esimActivationCode);
  });

  it('takes no other way than those', async () => {
    const alice = new Visitor();
    await alice.put(await aProduct());
    for (const code_delivery of ['pigeon', 'mail,link']) {
      const { status, text } = await alice.checkOut({ code_delivery });
      expect(status).to.equal(422);
      expect(text).to.contain('Please choose how you would like to get your QR code.');
    }
  });

  it('keeps the choice when the form comes back', async () => {
    const alice = new Visitor();
    await alice.put(await aProduct());
    const { $ } = await alice.checkOut({ ...KEPT, email: 'nonsense' });
    expect($('input[name=code_delivery]:checked').val()).to.equal('link');
  });
});

describe('A code that is kept behind the link', () => {
  it('is in no mail and on no page before it is asked for', async () => {
    const { alice, order, path } = await aKeptOrder();
    expect(order.status).to.equal('completed');
    expect(mailTo().subject).to.match(/^Your eSIM is ready/);
    expect(world.mailbox.mails()).to.have.length(1);
    expect(mailTo().attachments).to.have.length(0);
    const code = order.esimActivationCode!.split('$').at(-1)!;
    const page = await alice.get(path);
    for (const words of [
      JSON.stringify(world.mailbox.mails()),
      page.html,
      (await alice.get(`${path}/withdrawal`)).html,
    ]) {
      expect(words).to.not.contain(code);
      expect(words).to.not.contain(order.esimIccid!);
    }
    expect(page.text).to.contain('Your eSIM is ready, and kept for you');
    expect(page.$('img.qr')).to.have.length(0);
  });

  it('is shown to who ticks the box, with time and consent in the timeline, and stays shown', async () => {
    const { alice, order, path } = await aKeptOrder();
    const refused = await alice.post(`${path}/reveal`, {});
    expect(refused.status).to.equal(422);
    expect(refused.text).to.contain('Please tick the box, so that we may show the code.');
    expect((await order.reload()).revealedAt).to.equal(null);

    expect(await alice.post(`${path}/reveal`, { consent: 'yes' })).to.include({
      status: 303,
      location: path,
    });
    const page = await alice.get(path);
    expect(page.$('img.qr')).to.have.length(1);
    expect(page.text).to.contain(order.esimActivationCode);
    const { revealedAt } = await order.reload();
    expect(Date.now() - revealedAt!.getTime()).to.be.within(0, MINUTE);
    const [entry] = await AutomationLog.findAll({ where: { orderId: order.id, step: 'reveal' } });
    expect(entry!.actor).to.equal('customer');
    expect(entry!.details).to.nested.include({ 'consent.version': '2026-11-28' });

    await alice.post(`${path}/reveal`, { consent: 'yes' });
    expect((await order.reload()).revealedAt).to.deep.equal(revealedAt);
    expect(await AutomationLog.count({ where: { orderId: order.id, step: 'reveal' } })).to.equal(1);
  });

  it('is shown in another browser through the link of the mail, which the form carries along', async () => {
    const { order } = await aKeptOrder();
    const link = linkIn(mailTo());
    const phone = new Visitor();
    const page = await phone.get(link);
    const token = String(page.$('#reveal input[name=token]').val());
    const answer = await phone.post(`/orders/${order.publicId}/reveal`, { token, consent: 'yes' });
    expect(answer).to.include({ status: 303, location: link });
    expect((await phone.get(link)).$('img.qr')).to.have.length(1);
  });

  it('is shown to nobody else', async () => {
    const { order, path } = await aKeptOrder();
    await OrderLink.update({ revokedAt: 1 }, { where: {} });
    const token = linkIn(mailTo()).split('token=')[1]!;
    for (const form of [{}, { token }, { token: 'x'.repeat(43) }] as Record<string, string>[]) {
      expect((await new Visitor().post(`${path}/reveal`, { ...form, consent: 'yes' })).status).to.be.oneOf([
        404, 410,
      ]);
      expect((await new Visitor().post(`${path}/withdrawal`, form)).status).to.be.oneOf([404, 410]);
    }
    expect(await order.reload()).to.include({ revealedAt: null, withdrawnAt: null });
  });

  it('is not shown while the payment is disputed', async () => {
    const { alice, order, path } = await aKeptOrder();
    await order.update({ holdReason: 'dispute' });
    const answer = await alice.post(`${path}/reveal`, { consent: 'yes' });
    expect(answer.status).to.equal(422);
    expect(answer.text).to.contain('We are checking the payment of this order.');
  });
});

describe('Giving an eSIM back', () => {
  it('that nobody has seen returns the money at once and mails the confirmation', async () => {
    const { alice, order, path } = await aKeptOrder();
    const page = await alice.get(path);
    expect(page.$('#withdrawal').text()).to.match(
      /you can give it back until .+ UTC\. We return \$4\.50 at once/,
    );
    const form = await alice.get(page.$('#withdrawal a').attr('href')!);
    expect(form.text).to.contain('I withdraw from the contract for this eSIM');
    expect(form.text).to.contain(order.publicId);
    expect(await alice.post(`${path}/withdrawal`, {})).to.include({ status: 303, location: path });
    expect((await alice.get(path)).text).to.contain('Your money is on its way back');

    await work();
    expect(await order.reload()).to.include({
      status: 'refunded',
      esimActivationCode: null,
      esimIccid: null,
    });
    expect(await Refund.findOne({ rejectOnEmpty: true })).to.include({
      state: 'succeeded',
      reason: 'customer_request',
    });
    expect(world.stripe.ledger().refunds.map(({ amount }) => amount)).to.deep.equal([450]);
    expect(
      subjects()
        .slice(1)
        .map((subject) => subject.split(':')[0]),
    ).to.have.members(['We have your withdrawal', `We refunded $4.50 for ${order.terms.name}`]);
    const confirmation = world.mailbox.mails().find(({ subject }) => subject.startsWith('We have your'))!;
    expect(confirmation.text).to.match(/On .+ UTC you declared that you withdraw/);
    expect(confirmation.text).to.contain(order.publicId);
    expect((await alice.get(path)).text).to.contain('We returned $4.50');
    expect(await ContactRequest.count()).to.equal(0);
  });

  it('twice, or from two browsers at once, returns it once', async () => {
    const { alice, path } = await aKeptOrder();
    const answers = await Promise.all([1, 2, 3].map(() => alice.post(`${path}/withdrawal`, {})));
    expect(answers.map(({ status }) => status)).to.have.members([303, 422, 422]);
    await work();
    const again = await alice.post(`${path}/withdrawal`, {});
    expect(again.status).to.equal(422);
    expect(again.text).to.contain('You withdrew from this contract before.');
    expect(world.stripe.ledger().refunds).to.have.length(1);
    expect(subjects().filter((subject) => subject.startsWith('We have your'))).to.have.length(1);
  });

  it('and asking for its code at the same moment is one or the other', async () => {
    for (let time = 0; time < 8; time += 1) {
      const { alice, order, path } = await aKeptOrder();
      await Promise.all([
        alice.post(`${path}/withdrawal`, {}),
        alice.post(`${path}/reveal`, { consent: 'yes' }),
      ]);
      await work();
      const { revealedAt, status } = await order.reload();
      expect(status).to.equal(revealedAt ? 'completed' : 'refunded');
    }
  });

  it('asks a person when its code was shown', async () => {
    const { alice } = await buy(await aProduct());
    const order = await onlyOrder();
    const path = `/orders/${order.publicId}`;
    expect((await alice.get(path)).$('#withdrawal').text()).to.contain('was handed over on');
    await alice.post(`${path}/withdrawal`, { reason: 'My phone is locked' });
    await work();
    expect(await order.reload()).to.include({ status: 'completed' });
    expect(await Refund.count()).to.equal(0);
    expect(await ContactRequest.findOne({ rejectOnEmpty: true })).to.include({
      orderId: order.id,
      topic: 'refund',
      message: 'Withdrawal: My phone is locked',
      state: 'open',
    });
    expect(subjects().at(-1)).to.match(/^We have your withdrawal/);
    const page = await alice.get(path);
    expect(page.$('img.qr')).to.have.length(1);
    expect(page.$('#withdrawal').text()).to.contain('You withdrew from the contract on');
  });

  it('asks a person after fourteen days', async () => {
    const { alice, path, order } = await aKeptOrder();
    await workAfter(14 * DAY + MINUTE);
    expect((await alice.get(path)).$('#withdrawal').text()).to.contain('More than 14 days have passed');
    await alice.post(`${path}/withdrawal`, {});
    expect(await Refund.count({ where: { orderId: order.id } })).to.equal(0);
    expect(await ContactRequest.count()).to.equal(1);
  });

  it('asks a person while nobody knows whether it was bought', async () => {
    world.airalo.fault('timeout-bought');
    world.airalo.fault('look-up-down');
    const { alice } = await buy(await aProduct(), KEPT);
    const order = await onlyOrder();
    const path = `/orders/${order.publicId}`;
    expect(order.status).to.equal('processing');
    expect((await alice.get(path)).$('#withdrawal').text()).to.contain('Your eSIM has no code yet');
    await alice.post(`${path}/withdrawal`, {});
    expect(await Refund.count()).to.equal(0);
    expect(await ContactRequest.count({ where: { orderId: order.id } })).to.equal(1);
  });

  it('is not offered for what was not paid, was free, or was returned', async () => {
    const plan = await aProduct();
    const { alice } = await startBuying(plan, KEPT);
    const order = await onlyOrder();
    const path = `/orders/${order.publicId}`;
    expect((await alice.get(path)).$('#withdrawal')).to.have.length(0);
    const answer = await alice.post(`${path}/withdrawal`, {});
    expect(answer.status).to.equal(422);
    expect(answer.text).to.contain('There is nothing to give back for this order.');
  });

  it('is not asked from another site', async () => {
    const { alice, path, order } = await aKeptOrder();
    const { status } = await alice.post(`${path}/withdrawal`, {}, { 'Sec-Fetch-Site': 'cross-site' });
    expect(status).to.equal(403);
    expect((await order.reload()).withdrawnAt).to.equal(null);
  });
});

describe('An eSIM that came back unseen', () => {
  async function giveBack(plan: Product) {
    const { alice, order, path } = await aKeptOrder(plan);
    const { esimIccid, esimActivationCode } = order;
    await alice.post(`${path}/withdrawal`, {});
    await work();
    return { iccid: esimIccid!, code: esimActivationCode!, order };
  }

  it('goes to the next buyer of that plan, and nothing is bought for it', async () => {
    const plan = await aProduct({ stock: 1 });
    const { iccid, code } = await giveBack(plan);
    expect((await plan.reload()).stock).to.equal(1);
    await buy(plan);
    const order = await Order.findOne({ where: { esimIccid: iccid }, rejectOnEmpty: true });
    expect(order).to.include({ status: 'completed', esimActivationCode: code });
    expect(mailTo().text).to.contain(code);
    expect(world.airalo.ledger()).to.have.length(1);
    expect((await plan.reload()).stock).to.equal(0);
  });

  it('goes to one of two who buy at once', async () => {
    const plan = await aProduct({ stock: 5 });
    await giveBack(plan);
    const buyers = await Promise.all([startBuying(plan), startBuying(plan)]);
    for (const { session } of buyers) world.stripe.pay(session);
    await world.stripe.settled();
    await work();
    expect(await Order.count({ where: { status: 'completed' } })).to.equal(2);
    expect(world.airalo.ledger()).to.have.length(2);
    expect(await ReturnedEsim.count({ where: { soldToId: null } })).to.equal(0);
  });

  it('can come back again, and go out again', async () => {
    const plan = await aProduct({ stock: 3 });
    const first = await giveBack(plan);
    const second = await giveBack(plan);
    expect(second.iccid).to.equal(first.iccid);
    await buy(plan);
    expect(world.airalo.ledger()).to.have.length(1);
    expect(await Order.count({ where: { esimIccid: first.iccid } })).to.equal(1);
  });

  it('is not given out when the plan promises something else meanwhile, or when its time is short', async () => {
    const plan = await aProduct({ stock: 5 });
    await giveBack(plan);
    await plan.update({ dataMb: 2048, dataLimit: '2GB' });
    await buy(plan);
    expect(world.airalo.ledger()).to.have.length(2);
    await plan.update({ dataMb: 1024, dataLimit: '1GB' });
    await workAfter(24 * DAY);
    await buy(plan);
    expect(world.airalo.ledger()).to.have.length(3);
  });

  it('also comes back from a refund in the dashboard', async () => {
    const plan = await aProduct({ stock: 2 });
    const { order } = await aKeptOrder(plan);
    await stripe.refunds.create({ payment_intent: order.paymentId });
    await work();
    expect(await order.reload()).to.include({ status: 'refunded', esimIccid: null });
    expect(await ReturnedEsim.count()).to.equal(1);
  });
});
