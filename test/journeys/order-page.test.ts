import { expect } from 'chai';
import { HOUR, clock } from '../../src/lib/clock.js';
import {
  AutomationLog,
  Customer,
  EmailLog,
  Order,
  OrderLink,
  Purchase,
  User,
} from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aProduct, anOffer } from '../support/factories.js';
import { aLoggedInMember, expectRefusal, linkTo, tokenIn } from '../support/members.js';
import { buy, onlyOrder, startBuying, subjects } from '../support/shopping.js';
import { Visitor, type Page } from '../support/visitor.js';
import { work, workAfter } from '../support/work.js';

const { mailbox, stripe } = world;
const ALICE = 'alice@example.com';
const RIGHT = 'alice.smith@example.com';
const SOLD_OUT = { provider: 'MobiMatter', providerProductId: 'MM-JP-1-sold-out' } as const;

const pathOf = ({ publicId }: Order) => `/orders/${publicId}`;
const thePath = async () => pathOf(await onlyOrder());

const history = (page: Page) =>
  page
    .$('.timeline li')
    .toArray()
    .map((line) => page.$(line).contents().first().text().trim());

const mailsTo = (address: string) => mailbox.mails().filter(({ to }) => to.includes(address));

/** What a refused form must leave as it was. */
const kept = async () => ({
  purchases: (await Purchase.findAll()).map(({ email, canonicalEmail }) => [email, canonicalEmail]),
  orders: (await Order.findAll()).map(({ customerEmail }) => customerEmail),
  mails: await EmailLog.count(),
  notes: await AutomationLog.count(),
  links: await OrderLink.count({ where: { revokedAt: null } }),
});

describe('The history of an order', () => {
  it('tells from the placing to the mail what happened, and when', async () => {
    const { alice } = await buy(await aProduct());
    const page = await alice.get(await thePath());
    expect(history(page)).to.deep.equal([
      'You placed your order',
      'Your payment arrived',
      'We began to issue your eSIM',
      'Your eSIM was issued',
      'We sent you a mail with your eSIM or the way to it',
    ]);
    for (const time of page.$('.timeline time').toArray())
      expect(Date.now() - Date.parse(page.$(time).attr('datetime')!)).to.be.below(60_000);
  });

  it('of one that nobody could deliver ends with the money back, and names no wholesaler', async () => {
    const plan = await aProduct(SOLD_OUT);
    await anOffer(plan, { provider: 'Airalo', providerProductId: 'japan-7days-1gb-sold-out' });
    const { alice } = await buy(plan);
    const page = await alice.get(await thePath());
    expect(history(page)).to.include.members([
      'None of our networks could deliver it',
      'Your refund was started',
      'Your money was returned',
      'We mailed you about the refund',
    ]);
    expect(history(page).filter((line) => line === 'Your refund was started')).to.have.length(1);
    expect(page.text).to.not.match(/MobiMatter|Airalo|sold.out|re_\w+|attempt/i);
  });

  it('leaves out what it has no sentence for', async () => {
    const { alice } = await buy(await aProduct());
    const order = await onlyOrder();
    const before = history(await alice.get(pathOf(order)));
    for (const step of ['hold', 'reserve', '__proto__', 'toString'])
      await order.note(step, 'Something internal');
    const page = await alice.get(pathOf(order));
    expect(history(page)).to.deep.equal(before);
    expect(page.text).to.not.contain('internal');
  });
});

describe('The mail of an order', () => {
  it('is sent again, as the same news with a link of its own, by buyer and by link', async () => {
    const { alice } = await buy(await aProduct());
    const path = await thePath();
    const page = await alice.get(path);
    expect(page.$(`form[action="${path}/mail"] button`).text()).to.equal('Send the mail again');
    const answer = await alice.post(`${path}/mail`, {});
    expect([answer.status, answer.location]).to.deep.equal([303, `${path}?done=mail`]);
    const told = await alice.get(answer.location!);
    expect(told.$('.notice-ok').text()).to.contain(`on its way to ${ALICE}`);
    expect(history(told).at(-1)).to.equal('You asked for the mail once more');
    await work();
    expect(mailbox.mails()).to.have.length(2);
    expect(mailbox.mails()[1]!.text).to.contain((await onlyOrder()).esimActivationCode);
    expect(new Set(mailbox.mails().map(({ messageId }) => messageId)).size).to.equal(2);

    const link = await linkTo(ALICE);
    const guest = new Visitor();
    const shown = await guest.get(link);
    const token = shown.$('form[action$="/mail"] input[name=token]').val() as string;
    expect((await guest.post(`${path}/mail`, { token })).location).to.equal(
      `${path}?token=${token}&done=mail`,
    );
    await work();
    expect(mailbox.mails()).to.have.length(3);
  });

  it('is one more, however often the button is pressed before it leaves', async () => {
    const { alice } = await buy(await aProduct());
    const path = `${await thePath()}/mail`;
    const answers = await Promise.all([1, 2, 3].map(() => alice.post(path, {})));
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303]);
    await work();
    expect(mailbox.mails()).to.have.length(2);
    expectRefusal(await alice.post(path, {}), 429, 'Too many tries');
    clock.advance(HOUR);
    expect((await alice.post(path, {})).status).to.equal(303);
  });

  it('says where the order is now', async () => {
    const { alice } = await buy(await aProduct(SOLD_OUT));
    await alice.post(`${await thePath()}/mail`, {});
    await work();
    expect(subjects().filter((subject) => subject.startsWith('We refunded $4.50'))).to.have.length(2);
  });

  it('of a bank transfer that is awaited is sent again too', async () => {
    const { alice, session } = await startBuying(await aProduct(), { payment_method: 'bank_transfer' });
    stripe.promiseTransfer(session);
    await work();
    const path = await thePath();
    expect(history(await alice.get(path))).to.include('We are waiting for your bank transfer');
    expect((await alice.post(`${path}/mail`, {})).status).to.equal(303);
    await work();
    expect(subjects()).to.have.length(2);
    expect(subjects()[1]).to.equal(subjects()[0]);
  });

  it('is not offered and not sent while there is nothing to say, nor to strangers', async () => {
    const { alice } = await startBuying(await aProduct());
    const path = await thePath();
    expect((await alice.get(path)).$('form[action$="/mail"]')).to.have.length(0);
    const before = await kept();
    expectRefusal(await alice.post(`${path}/mail`, {}), 409, 'nothing to mail');
    expectRefusal(await new Visitor().post(`${path}/mail`, {}), 404, 'needs its link');
    expectRefusal(
      await new Visitor().post(`${path}/mail`, { token: 'A'.repeat(43) }),
      404,
      'does not open an order',
    );
    expectRefusal(await new Visitor().post('/orders/1/mail', {}), 404, 'needs its link');
    expect(await kept()).to.deep.equal(before);
  });
});

describe('A mistyped address', () => {
  it('is corrected while the eSIM is not there yet: then it goes to the right one alone', async () => {
    const { alice, session } = await startBuying([[await aProduct(), 2]]);
    const [first] = await Order.findAll();
    const path = pathOf(first!);
    expect((await alice.get(path)).$(`a[href="${path}/address"]`)).to.have.length(1);
    const form = await alice.get(`${path}/address`);
    expect(form.text).to.contain(ALICE).and.contain('all 2 eSIMs');
    const answer = await alice.post(`${path}/address`, { email: ` ${RIGHT} ` });
    expect([answer.status, answer.location]).to.deep.equal([303, `${path}?done=address`]);
    const page = await alice.get(answer.location!);
    expect(page.text).to.contain(`go to ${RIGHT}`).and.contain('You corrected the e-mail address');
    stripe.pay(session);
    await work();
    expect(mailsTo(RIGHT)).to.have.length(2);
    expect(mailsTo(ALICE)).to.have.length(0);
    expect((await Customer.findAll()).map(({ email, totalOrders }) => [email, totalOrders])).to.deep.equal([
      [RIGHT, 2],
    ]);
    expect(JSON.stringify(await AutomationLog.findAll())).to.not.contain('@example');
  });

  it('brings the mail that is due to the new address, and ends the links to the old', async () => {
    const { alice, session } = await startBuying(await aProduct(), { payment_method: 'bank_transfer' });
    stripe.promiseTransfer(session);
    await work();
    const order = await onlyOrder();
    const token = await OrderLink.issue(order.id);
    await alice.post(`${pathOf(order)}/address`, { email: RIGHT });
    await work();
    expect(mailsTo(RIGHT).map(({ subject }) => subject)).to.deep.equal([mailsTo(ALICE)[0]!.subject]);
    expect((await new Visitor().get(`${pathOf(order)}?token=${token}`)).status).to.equal(404);
    stripe.transferArrives(session);
    await work();
    expect(mailsTo(RIGHT)).to.have.length(2);
    expect(mailsTo(ALICE)).to.have.length(1);
  });

  it('takes along what was waiting to leave', async () => {
    mailbox.fault('reject-451', 20);
    const { alice, session } = await startBuying(await aProduct(), { payment_method: 'bank_transfer' });
    stripe.promiseTransfer(session);
    await work();
    await alice.post(`${await thePath()}/address`, { email: RIGHT });
    mailbox.lift('reject-451');
    await workAfter(HOUR);
    expect(mailbox.mails().map(({ to }) => to)).to.deep.equal([[RIGHT]]);
  });

  it('whose server refused the mail with the code is corrected afterwards, until one has arrived', async () => {
    mailbox.fault('reject-550', 1);
    const { alice } = await buy(await aProduct());
    const path = await thePath();
    const page = await alice.get(path);
    expect(page.$('.notice-warn').text()).to.contain(`${ALICE} did not take the mail`);
    expect((await alice.post(`${path}/address`, { email: RIGHT })).status).to.equal(303);
    await work();
    expect(mailsTo(RIGHT)).to.have.length(1);
    expect((await new Visitor().get(await linkTo(RIGHT))).text).to.contain('Your eSIM is ready');
    expect((await alice.get(path)).$('.notice-warn, a[href$="/address"]')).to.have.length(0);
    const before = await kept();
    expectRefusal(await alice.post(`${path}/address`, { email: ALICE }), 409, 'can no longer be changed');
    expect(await kept()).to.deep.equal(before);
  });

  it('stays when the code was delivered, or the money has gone back', async () => {
    const { alice } = await buy(await aProduct());
    const delivered = await thePath();
    for (const path of [delivered]) {
      expect((await alice.get(path)).$('a[href$="/address"]')).to.have.length(0);
      expectRefusal(await alice.get(`${path}/address`), 409, 'can no longer be changed');
    }
    const bob = (await buy(await aProduct(SOLD_OUT))).alice;
    const refunded = await Order.findOne({ where: { status: 'refunded' }, rejectOnEmpty: true });
    const before = await kept();
    expectRefusal(
      await alice.post(`${delivered}/address`, { email: RIGHT }),
      409,
      'can no longer be changed',
    );
    expectRefusal(await bob.post(`${pathOf(refunded)}/address`, { email: RIGHT }), 409, 'can no longer');
    expect(await kept()).to.deep.equal(before);
  });

  it('is nobody’s to correct but the buyer’s: not even of who holds a link', async () => {
    await startBuying(await aProduct());
    const order = await onlyOrder();
    const before = await kept();
    const token = await OrderLink.issue(order.id);
    const guest = new Visitor();
    expect((await guest.get(`${pathOf(order)}?token=${token}`)).$('a[href*="/address"]')).to.have.length(0);
    const { visitor: other } = await aLoggedInMember();
    for (const who of [
      guest,
      other,
      (await startBuying(await aProduct(), { email: 'bob@example.com' })).alice,
    ])
      for (const page of [
        await who.get(`${pathOf(order)}/address?token=${token}`),
        await who.post(`${pathOf(order)}/address`, { email: RIGHT, token }),
      ])
        expectRefusal(page, 404, 'needs its link');
    expect((await order.reload()).customerEmail).to.equal(before.orders[0]);
  });

  it('is corrected to one that can be one, and the same again changes nothing', async () => {
    const { alice } = await startBuying(await aProduct());
    const path = `${await thePath()}/address`;
    const before = await kept();
    for (const email of ['', 'alice', 'alice@tempmail.com', `${'a'.repeat(10_000)}@b.co`]) {
      const page = await alice.post(path, { email });
      expect(page.status).to.equal(422);
      expect(page.$('#email').attr('aria-invalid')).to.equal('true');
      expect(page.$('#email').val()).to.equal(email.slice(0, 300));
    }
    expect((await alice.post(path, { email: ALICE })).status).to.equal(303);
    expect(await kept()).to.deep.equal(before);
  });

  it('sent twice at once is one correction', async () => {
    const { alice } = await startBuying(await aProduct());
    const path = `${await thePath()}/address`;
    const answers = await Promise.all([1, 2].map(() => alice.post(path, { email: RIGHT })));
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303]);
    expect(await AutomationLog.count({ where: { step: 'address' } })).to.equal(1);
  });

  it('is corrected three times an hour', async () => {
    const { alice } = await startBuying(await aProduct());
    const path = `${await thePath()}/address`;
    for (let count = 0; count < 3; count += 1)
      expect((await alice.post(path, { email: `a${count}@example.com` })).status).to.equal(303);
    expectRefusal(await alice.post(path, { email: RIGHT }), 429, 'Too many tries');
    expect((await onlyOrder()).customerEmail).to.equal('a2@example.com');
  });

  it('is the order’s: an account keeps its own', async () => {
    const { user, visitor } = await aLoggedInMember();
    await visitor.put(await aProduct());
    await visitor.startPaying();
    const path = `${await thePath()}/address`;
    expect((await visitor.get(path)).text).to.contain('address of your account stays');
    expect((await visitor.post(path, { email: RIGHT })).status).to.equal(303);
    expect((await User.findByPk(user.id))!.email).to.equal(user.email);
    expect((await onlyOrder()).userId).to.equal(user.id);
  });
});

describe('Help with installing', () => {
  it('shows the guide for the chosen phone first, and keeps the choice in the address alone', async () => {
    const { alice } = await buy(await aProduct());
    const path = await thePath();
    const open = (page: Page) => page.$('#install-help details[open] summary').text();
    const links = (page: Page) => page.$('#install-help .tabs a').toArray();
    const page = await alice.get(path);
    expect(links(page).map((link) => page.$(link).text())).to.deep.equal([
      'iPhone',
      'Samsung',
      'Pixel',
      'Another phone',
    ]);
    for (const [phone, title] of Object.entries({
      iphone: 'iPhone (XS, XR or later)',
      samsung: 'Samsung Galaxy',
      pixel: 'Google Pixel and other Android phones',
      other: 'Google Pixel and other Android phones',
    })) {
      const chosen = await alice.get(`${path}?phone=${phone}`);
      expect(open(chosen)).to.equal(title);
      expect(chosen.$('#install-help details').first().attr('open')).to.not.equal(undefined);
      expect(chosen.$('.tabs [aria-current=true]').attr('id')).to.equal(`phone-${phone}`);
    }
    expect((await alice.get(`${path}?phone=other`)).text).to.contain('Another Android phone?');
    expect(open(await alice.get(path))).to.equal('iPhone (XS, XR or later)');
    for (const phone of ['nokia', '__proto__', 'x'.repeat(3000)])
      expect(open(await alice.get(`${path}?phone=${phone}`))).to.equal('iPhone (XS, XR or later)');
  });

  it('keeps the key of who came by a link', async () => {
    await buy(await aProduct());
    const link = await linkTo(ALICE);
    const guest = new Visitor();
    const href = (await guest.get(link)).$('#phone-pixel').attr('href')!;
    expect(tokenIn(href)).to.equal(tokenIn(link));
    expect((await guest.get(href)).$('#install-help details[open] summary').text()).to.contain('Pixel');
  });
});
