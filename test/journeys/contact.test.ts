import { expect } from 'chai';
import { HOUR, clock } from '../../src/lib/clock.js';
import { AuditLog, AutomationLog, ContactRequest, EmailLog } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aContactRequest, aProduct } from '../support/factories.js';
import { aLoggedInMember, aMember, logIn } from '../support/members.js';
import { buy, onlyOrder } from '../support/shopping.js';
import { Visitor, type Page } from '../support/visitor.js';
import { work } from '../support/work.js';

const QUESTION = {
  topic: 'connection',
  email: 'alice@example.com',
  order_number: '',
  device: 'iPhone 15',
  message: 'There is no network in Kyoto.',
};

/** Opens the form and sends it, filled in as told. */
async function ask(visitor: Visitor, form: Partial<typeof QUESTION> & Record<string, string> = {}) {
  const page = await visitor.get('/help/contact');
  const form_key = String(page.$('input[name=form_key]').val());
  return visitor.post('/help/contact', { form_key, ...QUESTION, ...form });
}

const theRequest = () => ContactRequest.findOne({ rejectOnEmpty: true });
const value = (page: Page, name: string) => page.$(`[name=${name}]`).val();

async function aStaffVisitor() {
  const user = await aMember({ role: 'support' });
  const visitor = new Visitor();
  await logIn(visitor, user);
  return { visitor, user };
}

describe('Asking us', () => {
  it('stores the question, and mails that it arrived', async () => {
    const answer = await ask(new Visitor());
    expect(answer.status).to.equal(303);
    expect(answer.location).to.equal('/help/contact/received');

    const { topic, email, device, message, state, orderId } = await theRequest();
    expect({ topic, email, device, message, state, orderId }).to.deep.equal({
      topic: 'connection',
      email: 'alice@example.com',
      device: 'iPhone 15',
      message: 'There is no network in Kyoto.',
      state: 'open',
      orderId: null,
    });
    await work();
    const [mail] = world.mailbox.mails();
    expect(mail!.to).to.deep.equal(['alice@example.com']);
    expect(mail!.subject).to.equal('We have your message');
    expect(mail!.text).to.contain('No connection, or it is slow').and.contain('/help');
    // What strangers write does not travel on to the address that they give.
    expect(mail!.text + mail!.html).to.not.contain('Kyoto');
  });

  it('sets no cookie, is kept by nobody and tells no other site where it came from', async () => {
    const guest = new Visitor();
    await ask(guest);
    expect(guest.hasCookies()).to.equal(false);
    const page = await guest.get('/help/contact?token=secret');
    expect(page.headers.get('Cache-Control')).to.equal('no-store');
    expect(page.headers.get('Referrer-Policy')).to.equal('no-referrer');
  });

  it('ties the question to the order of the browser that bought it, prefilled from its page', async () => {
    const { alice, returnPath } = await buy(await aProduct());
    const order = await onlyOrder();
    const orderPage = await alice.follow(returnPath);
    const link = orderPage.$('a[href^="/help/contact"][href*="Pixel"]').attr('href')!;
    const page = await alice.get(link);
    expect(value(page, 'order_number')).to.equal(order.publicId);
    expect(value(page, 'device')).to.equal('Google Pixel');
    expect(value(page, 'email')).to.equal('alice@example.com');
    expect(value(page, 'topic')).to.equal('install');

    await ask(alice, { order_number: ` ${order.publicId.toUpperCase()} ` });
    expect((await theRequest()).orderId).to.equal(order.id);
    expect(await AutomationLog.count({ where: { orderId: order.id, step: 'contact' } })).to.equal(1);
  });

  it('ties it for whoever opened the order by the link in the mail', async () => {
    await buy(await aProduct());
    const order = await onlyOrder();
    const [link] = /http\S+\/orders\/\S+/.exec(world.mailbox.mails()[0]!.text)!;
    const elsewhere = new Visitor();
    const orderPage = await elsewhere.get(link);
    const page = await elsewhere.get(orderPage.$('a[href*="topic=order"]').attr('href')!);
    const typed = Object.fromEntries(
      ['form_key', 'token', 'order_number'].map((name) => [name, String(value(page, name))]),
    );
    await elsewhere.post('/help/contact', { ...QUESTION, ...typed });
    expect((await theRequest()).orderId).to.equal(order.id);
  });

  it('ties it to the order of an account, and to no order of another account', async () => {
    const { user, visitor } = await aLoggedInMember();
    await visitor.put(await aProduct());
    await visitor.startPaying();
    const order = await onlyOrder();
    const page = await visitor.get(`/help/contact?order_number=${order.publicId}`);
    expect(value(page, 'email')).to.equal(user.email);
    await ask(visitor, { order_number: order.publicId });
    expect(await theRequest()).to.include({ orderId: order.id, userId: user.id });

    const other = await aLoggedInMember();
    await ask(other.visitor, { order_number: order.publicId });
    const request = await ContactRequest.findOne({ where: { userId: other.user.id } });
    expect(request!.orderId).to.equal(null);
  });

  it('ties nothing to somebody else’s order, and answers just the same', async () => {
    await buy(await aProduct());
    const order = await onlyOrder();
    const mallory = new Visitor();
    const answers = [
      await ask(mallory, { order_number: order.publicId }),
      await ask(mallory, { order_number: order.publicId, token: 'A'.repeat(43) }),
      await ask(mallory, { order_number: '00000000-0000-4000-8000-000000000000' }),
      await ask(mallory, { order_number: 'I have forgotten it' }),
    ];
    const seen = answers.map(({ status, location, html }) => ({ status, location, html }));
    for (const answer of seen) expect(answer).to.deep.equal(seen[0]);
    const requests = await ContactRequest.findAll();
    expect(requests.map(({ orderId }) => orderId)).to.deep.equal([null, null, null, null]);
    expect(requests.map(({ orderNumber }) => orderNumber)).to.include(order.publicId);
    expect(await AutomationLog.count({ where: { step: 'contact' } })).to.equal(0);

    const page = await mallory.get(`/help/contact?order_number=${order.publicId}`);
    expect(value(page, 'email')).to.equal('');
  });

  it('opens one request for one form, and another for other words', async () => {
    const guest = new Visitor();
    const form_key = 'k'.repeat(43);
    await Promise.all([ask(guest, { form_key }), ask(guest, { form_key }), ask(guest, { form_key })]);
    expect((await ask(guest, { form_key })).location).to.equal('/help/contact/received');
    expect(await ContactRequest.count()).to.equal(1);
    expect(await EmailLog.count()).to.equal(1);
    await ask(guest, { form_key, message: 'And none in Nara either.' });
    expect(await ContactRequest.count()).to.equal(2);
  });

  for (const [what, form, field, sentence] of [
    ['no topic', { topic: '' }, 'topic', 'choose what it is about'],
    ['a topic of its own', { topic: 'praise' }, 'topic', 'choose what it is about'],
    ['no address', { email: '' }, 'email', 'like name@example.com'],
    ['two addresses', { email: 'a@example.com,b@example.com' }, 'email', 'like name@example.com'],
    ['an address with a header', { email: 'a@example.com\r\nBcc: b@example.com' }, 'email', 'like name@'],
    ['no message', { message: ' \r\n ' }, 'message', 'at most 4,000 characters'],
    ['a message of 4,001 characters', { message: 'x'.repeat(4001) }, 'message', 'at most 4,000 characters'],
    ['a long order number', { order_number: '1'.repeat(101) }, 'order_number', 'at most 100 characters'],
    ['a long phone', { device: 'x'.repeat(101) }, 'device', 'at most 100 characters'],
  ] as const) {
    it(`refuses ${what}, says so beside the field and keeps what was typed`, async () => {
      const page = await ask(new Visitor(), form);
      expect(page.status).to.equal(422);
      expect(page.$(`#${field}`).attr('aria-invalid')).to.equal('true');
      expect(page.$(`#${field}-error`).text()).to.contain(sentence);
      expect(page.$(`.error-summary a[href="#${field}"]`)).to.have.length(1);
      if (field !== 'message') expect(page.$('#message').val()).to.equal(QUESTION.message);
      if (field !== 'device') expect(value(page, 'device')).to.equal(QUESTION.device);
      expect(await ContactRequest.count()).to.equal(0);
      expect(await EmailLog.count()).to.equal(0);
    });
  }

  it('keeps a message that is too long, to be shortened', async () => {
    const message = `${'word '.repeat(1000)}end`;
    expect((await ask(new Visitor(), { message })).$('#message').val()).to.equal(message);
  });

  it('refuses a message of 100 KB at once, a NUL, fields sent twice, and a form without its key', async () => {
    const guest = new Visitor();
    const huge = await ask(guest, { message: 'x'.repeat(100_000) });
    expect([huge.status, huge.text]).to.satisfy(
      ([status, text]: [number, string]) => status === 413 && text.includes('more than we can take'),
    );
    expect((await ask(guest, { message: 'a\0b' })).status).to.equal(400);
    const twice = new URLSearchParams({ ...QUESTION, form_key: 'k'.repeat(43) });
    twice.append('message', 'again');
    expect((await guest.post('/help/contact', twice)).status).to.equal(422);
    const page = await ask(guest, { form_key: 'short' });
    expect(page.status).to.equal(422);
    expect(page.text).to.contain('out of date');
    expect(value(page, 'form_key')).to.match(/^[\w-]{43}$/);
    expect(await ContactRequest.count()).to.equal(0);
  });

  it('takes out characters that nobody sees, and keeps lines, emoji and other scripts', async () => {
    await ask(new Visitor(), {
      message: 'One\r\nTwo\u0007\u202E\u200B 👨‍👩‍👧 오사카 \u001B[31mred',
      device: 'iPhone\u0001 15\u202E',
    });
    const { message, device } = await theRequest();
    expect(message).to.equal('One\nTwo 👨‍👩‍👧 오사카 [31mred');
    expect(device).to.equal('iPhone  15');
  });

  it('thanks a machine that fills in the hidden field, and forgets it', async () => {
    const answer = await ask(new Visitor(), { website: 'https://spam.example' });
    expect(answer.location).to.equal('/help/contact/received');
    expect(await ContactRequest.count()).to.equal(0);
    expect(await EmailLog.count()).to.equal(0);
  });

  it('takes five questions an hour for an address, from wherever, and ten from one network', async () => {
    const send = (visitor: Visitor, email: string) => ask(visitor, { email });
    for (let number = 0; number < 5; number += 1) await send(new Visitor(), 'alice@example.com');
    const sixth = await send(new Visitor(), 'Alice@example.com');
    expect(sixth.status).to.equal(429);
    expect(sixth.$('[role=alert]').text()).to.contain('Too many');
    expect(sixth.$('#message').val()).to.equal(QUESTION.message);
    expect(sixth.headers.get('Retry-After')).to.match(/^\d+$/);

    const machine = new Visitor();
    for (let number = 0; number < 10; number += 1) await send(machine, `someone${number}@example.com`);
    expect((await send(machine, 'bob@example.com')).status).to.equal(429);
    expect(await ContactRequest.count()).to.equal(15);
    expect(await EmailLog.count()).to.equal(15);
    clock.advance(HOUR);
    expect((await send(machine, 'bob@example.com')).status).to.equal(303);
  });

  it('lets no form set what is ours to say', async () => {
    await ask(new Visitor(), { state: 'closed', answer: 'Yes', user: 'a'.repeat(15), answered_by: 'x' });
    expect(await theRequest()).to.include({ state: 'open', answer: null, userId: null });
  });

  it('shows markup as text, wherever it comes from', async () => {
    const script = '<script>alert(1)</script>';
    const query = `?device=${encodeURIComponent(`">${script}`)}&order_number=${encodeURIComponent(script)}`;
    expect((await new Visitor().get(`/help/contact${query}`)).html).to.not.contain('<script>alert');
    await ask(new Visitor(), { message: `</textarea>${script}`, device: script });
    const { visitor } = await aStaffVisitor();
    const { id } = await theRequest();
    for (const path of ['/admin/contact-requests', `/admin/contact-requests/${id}`])
      expect((await visitor.get(path)).html, path).to.not.contain('<script>alert');
    await visitor.post(`/admin/contact-requests/${id}/answer`, { answer: script });
    await work();
    for (const { html } of world.mailbox.mails()) expect(html).to.not.contain('<script>');
  });
});

describe('Answering', () => {
  it('shows staff what is open, with the order only where it was proven', async () => {
    const { alice } = await buy(await aProduct());
    const order = await onlyOrder();
    await ask(alice, { order_number: order.publicId });
    await ask(new Visitor(), { order_number: order.publicId, email: 'mallory@example.com' });
    await aContactRequest({ email: 'closed@example.com', state: 'closed' });

    const { visitor } = await aStaffVisitor();
    const list = await visitor.get('/admin/contact-requests');
    expect(list.$('tbody tr')).to.have.length(2);
    expect(list.text).to.not.contain('closed@example.com');
    expect(list.$('tr:contains("mallory")').text()).to.contain('not proven');
    expect(list.$('tr:contains("alice")').text()).to.contain(order.terms.name);
    expect((await visitor.get('/admin/contact-requests?state=closed')).text).to.contain('closed@example.com');
  });

  it('mails the answer once, with the question below it, and writes down who gave it', async () => {
    await ask(new Visitor());
    const { id } = await theRequest();
    const { visitor, user } = await aStaffVisitor();
    const answer = 'Hello Alice,\r\nplease turn data roaming on.';
    const sent = await visitor.post(`/admin/contact-requests/${id}/answer`, { answer });
    expect(sent.location).to.equal('/admin/contact-requests');
    await work();
    const mail = world.mailbox.mails().find(({ subject }) => subject === 'Our answer to your message')!;
    expect(mail.to).to.deep.equal(['alice@example.com']);
    expect(mail.text)
      .to.contain('Hello Alice,\nplease turn data roaming on.')
      .and.contain('> There is no network in Kyoto.');
    expect(await theRequest()).to.include({ state: 'answered', answeredById: user.id });

    const again = await visitor.post(`/admin/contact-requests/${id}/answer`, { answer: 'Me too' });
    expect(again.status).to.equal(409);
    expect(again.text).to.contain('cannot become answered');
    const answered = await AuditLog.findAll({ where: { action: 'answer' } });
    expect(answered).to.have.length(1);
    expect(answered[0]).to.include({ actorId: user.id, entityId: id });
    expect((await visitor.post(`/admin/contact-requests/${id}/close`, {})).location).to.contain('/admin');
    expect((await theRequest()).state).to.equal('closed');
  });

  it('refuses an empty answer, one that is too long, and a request that does not exist', async () => {
    const { id } = await aContactRequest();
    const { visitor } = await aStaffVisitor();
    for (const answer of ['', ' \n', 'x'.repeat(4001)]) {
      const page = await visitor.post(`/admin/contact-requests/${id}/answer`, { answer });
      expect(page.status).to.equal(422);
      expect(page.$('[role=alert]').text()).to.contain('at most 4,000 characters');
      expect(page.$('#answer').val()).to.equal(answer.trim() === '' ? answer : 'x'.repeat(4001));
    }
    for (const unknown of ['nosuchrequest00', "'--", 'x'.repeat(3000)]) {
      expect((await visitor.get(`/admin/contact-requests/${unknown}`)).status).to.equal(404);
      const page = await visitor.post(`/admin/contact-requests/${unknown}/answer`, { answer: 'Hello' });
      expect(page.status).to.equal(404);
    }
    expect(await EmailLog.count()).to.equal(0);
  });

  it('is for staff alone', async () => {
    const { id } = await aContactRequest();
    const { visitor: alice } = await aLoggedInMember();
    for (const path of ['', `/${id}`]) {
      const page = `/admin/contact-requests${path}`;
      expect((await alice.get(page)).status).to.equal(404);
      expect((await new Visitor().get(page)).location).to.match(/^\/login/);
    }
    for (const verb of ['answer', 'close']) {
      const page = `/admin/contact-requests/${id}/${verb}`;
      expect((await alice.post(page, { answer: 'Hello' })).status).to.equal(404);
      expect((await new Visitor().post(page, { answer: 'Hello' })).location).to.match(/^\/login/);
    }
    expect((await theRequest()).state).to.equal('open');
  });

  it('turns pages without losing one', async () => {
    for (let number = 0; number < 51; number += 1)
      await aContactRequest({
        email: `someone${number}@example.com`,
        created: new Date('2026-11-22T10:00:00Z'),
      });
    const { visitor } = await aStaffVisitor();
    const first = await visitor.get('/admin/contact-requests');
    const second = await visitor.get(first.$('a:contains("Older")').attr('href')!);
    const seen = [first, second].flatMap((page) =>
      page
        .$('tbody td:nth-child(3)')
        .toArray()
        .map((cell) => page.$(cell).text()),
    );
    expect(seen).to.have.length(51);
    expect(new Set(seen).size).to.equal(51);
  });
});
