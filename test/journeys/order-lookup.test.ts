import { expect } from 'chai';
import { DAY, HOUR, MINUTE, clock } from '../../src/lib/clock.js';
import { newUuid } from '../../src/lib/ids.js';
import { EmailLog, Order, OrderLink } from '../../src/models/index.js';
import { aProduct } from '../support/factories.js';
import { expectRefusal, mailTo, tokenIn } from '../support/members.js';
import { buy, onlyOrder } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';

const ALICE = 'alice@example.com';
const LINK = /https?:\/\/\S+(\/orders\/[0-9a-f-]{36}\?token=[\w-]{43})/g;

const ask = (form: Record<string, string> = {}, visitor = new Visitor()) =>
  visitor.post('/orders/lookup', { email: ALICE, order_number: '', ...form });

/** The links in the mail that is due. */
const links = async () => [...(await mailTo(ALICE)).text.matchAll(LINK)].map(([, path]) => path!);

const NO_LINK = 'This link does not open an order';

describe('Looking for an order', () => {
  it('is offered where guests would look', async () => {
    const guest = new Visitor();
    for (const path of ['/', '/login', '/help', `/orders/${newUuid()}`])
      expect((await guest.get(path)).$('a[href="/orders/lookup"]').length, path).to.be.above(0);
    expect((await guest.get('/login')).$('main a[href="/orders/lookup"]')).to.have.length(1);
    expect(guest.hasCookies()).to.equal(false);
  });

  it('mails a link to each order, that opens it in any browser', async () => {
    await buy(await aProduct({ name: 'Japan 1 GB' }), { email: 'Alice@example.com' });
    const answer = await ask();
    expect([answer.status, answer.location]).to.deep.equal([303, '/orders/lookup?done=mailed']);
    expect((await new Visitor().get(answer.location!)).text).to.contain('is on its way');
    const mail = await mailTo(ALICE);
    expect(mail.subject).to.equal('Your orders at NumnaRoad');
    expect(mail.text).to.contain('Japan 1 GB').and.contain('24 hours');
    expect(mail.text).to.not.contain((await onlyOrder()).esimActivationCode);
    const [path] = await links();
    const page = await new Visitor().get(path!);
    expect(page.text)
      .to.contain('Your eSIM is ready')
      .and.contain((await onlyOrder()).esimIccid);
    expect(page.headers.get('Referrer-Policy')).to.equal('strict-origin');
  });

  it('says what is wrong in a form, keeps what was typed, and writes nothing', async () => {
    for (const [form, field, sentence] of [
      [{ email: 'alice' }, 'email', 'e-mail address like'],
      [{ email: '' }, 'email', 'e-mail address like'],
      [{ email: `${'a'.repeat(10_000)}@b.co` }, 'email', 'e-mail address like'],
      [{ order_number: '12345' }, 'order_number', 'An order number looks like'],
    ] as const) {
      const page = await ask(form);
      expectRefusal(page, 422, sentence);
      expect(page.$(`#${field}`).attr('aria-invalid')).to.equal('true');
      expect(page.$(`.error-summary a[href="#${field}"]`)).to.have.length(1);
    }
    const twice = new URLSearchParams(`email=${ALICE}&email=bob@example.com`);
    expectRefusal(await new Visitor().post('/orders/lookup', twice), 422, 'e-mail address like');
    expect((await ask({ order_number: '12345' })).$('#email').val()).to.equal(ALICE);
    expect(await EmailLog.count()).to.equal(0);
  });

  it('is counted by address and by network', async () => {
    for (let count = 0; count < 3; count += 1) expect((await ask()).status).to.equal(303);
    expectRefusal(await ask({ email: ' ALICE@example.com ' }), 429, 'Too many tries');
    const one = new Visitor();
    for (let count = 0; count < 20; count += 1)
      expect((await ask({ email: `a${count}@example.com` }, one)).status).to.equal(303);
    expectRefusal(await ask({ email: 'b@example.com' }, one), 429, 'Too many tries');
    expect(await EmailLog.count()).to.equal(23);
    clock.advance(HOUR);
    expect((await ask()).status).to.equal(303);
  });
});

describe('A link to an order', () => {
  it('from a lookup works for a day, from the mail with the eSIM for ninety', async () => {
    await buy(await aProduct());
    const [delivered] = await links();
    await ask();
    const [lookedUp] = await links();
    clock.advance(DAY - MINUTE);
    expect((await new Visitor().get(lookedUp!)).status).to.equal(200);
    clock.advance(MINUTE);
    expectRefusal(await new Visitor().get(lookedUp!), 404, NO_LINK);
    expect((await new Visitor().get(delivered!)).status).to.equal(200);
    clock.advance(89 * DAY);
    expectRefusal(await new Visitor().get(delivered!), 404, NO_LINK);
  });

  it('that has expired, was ended, was made up or is another order’s leads to the same page, and on from there', async () => {
    const { alice } = await buy(await aProduct());
    const { publicId } = await onlyOrder();
    const [path] = await links();
    const expired = await OrderLink.issue((await onlyOrder()).id, 0);
    await buy(await aProduct(), { email: 'bob@example.com' });
    const other = await Order.findOne({ where: { customerEmail: 'bob@example.com' }, rejectOnEmpty: true });
    const foreign = await OrderLink.issue(other.id);
    expect((await alice.post(`/orders/${publicId}/links/removal`, {})).location).to.equal(
      `/orders/${publicId}?done=links`,
    );
    const pages = [];
    for (const address of [
      path!,
      `/orders/${publicId}?token=${expired}`,
      `/orders/${publicId}?token=${foreign}`,
      `/orders/${publicId}?token=${'A'.repeat(43)}`,
      `/orders/${publicId}?token=x`,
      `/orders/${newUuid()}?token=${'A'.repeat(43)}`,
    ]) {
      const page = await new Visitor().get(address);
      expectRefusal(page, 404, NO_LINK);
      expect(page.$('main a[href="/orders/lookup"]')).to.have.length(1);
      pages.push(page.html);
    }
    expect(new Set(pages).size).to.equal(1);
    expect((await alice.get(`/orders/${publicId}`)).text).to.contain('Your eSIM is ready');
  });

  it('is ended by the buyer alone, also by an account, and never by who holds one', async () => {
    const { alice } = await buy(await aProduct());
    const { publicId } = await onlyOrder();
    const [path] = await links();
    const removal = `/orders/${publicId}/links/removal`;
    for (const who of [new Visitor(), (await buy(await aProduct())).alice])
      expectRefusal(await who.post(removal, { token: tokenIn(path!) }), 404, 'needs its link');
    expect((await new Visitor().get(path!)).status).to.equal(200);
    expect((await new Visitor().get(path!)).$('form[action$="/links/removal"]')).to.have.length(0);
    await alice.post(removal, {});
    const page = await alice.get(`/orders/${publicId}?done=links`);
    expect(page.text).to.contain('All links to this order have ended').and.contain('You ended all links');
    expect(page.$('form[action$="/links/removal"]')).to.have.length(0);
  });

  it('is not found by guessing: wrong ones are counted by network, right ones never', async function () {
    this.timeout(60_000);
    await buy(await aProduct());
    const { publicId } = await onlyOrder();
    const [path] = await links();
    const guesser = new Visitor();
    const answers = new Map<number, number>();
    for (let guess = 0; guess < 200; guess += 1) {
      const token = String(guess).padStart(43, 'A');
      const address =
        guess % 2 ? `/orders/${publicId}?token=${token}` : `/orders/${newUuid()}?token=${token}`;
      const { status } = await guesser.get(address);
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
    expect([...answers]).to.deep.equal([
      [404, 30],
      [429, 170],
    ]);
    const stopped = await guesser.get(`/orders/${publicId}?token=${'B'.repeat(43)}`);
    expectRefusal(stopped, 429, 'Too many tries');
    expect(stopped.headers.get('Retry-After')).to.match(/^\d+$/);
    const contact = await guesser.get(`/help/contact?order_number=${publicId}&token=${'C'.repeat(43)}`);
    expect(contact.status).to.equal(429);
    for (let visit = 0; visit < 3; visit += 1) expect((await guesser.get(path!)).status).to.equal(200);
    expect((await new Visitor().get(`/orders/${publicId}?token=${'B'.repeat(43)}`)).status).to.equal(404);
    expect(await Order.count()).to.equal(1);
  });
});
