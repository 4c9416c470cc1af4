import { expect } from 'chai';
import { Order, Purchase } from '../../src/models/index.js';
import { dump } from '../support/dump.js';
import { aProduct } from '../support/factories.js';
import { PASSWORD, aLoggedInMember, aMember, expectRefusal, logIn } from '../support/members.js';
import { buy } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';
import { CANARY, aWholeLife } from '../support/whole-life.js';

const PATH = '/account/privacy/download';
const download = (visitor: Visitor, password = PASSWORD) => visitor.post(PATH, { password });

interface File {
  account: { email: string; name: string };
  purchases: {
    email: string;
    orders: {
      order_id: string;
      esim: { activation_code: string } | null;
      refund: object | null;
      timeline: object[];
      terms: { name: string };
    }[];
  }[];
  [part: string]: unknown;
}

async function fileOf(visitor: Visitor) {
  const { status, headers } = await visitor.get('/account/privacy');
  expect([status, headers.get('Cache-Control')]).to.deep.equal([200, 'no-store']);
  const page = await download(visitor);
  expect(page.status, page.text).to.equal(200);
  return { page, text: page.html, file: JSON.parse(page.html) as File };
}

describe('My data as a file', () => {
  it('has everything of a whole life, indented, to be kept by nobody on the way', async () => {
    const { visitor, user, coupon, plan } = await aWholeLife();
    const { page, text, file } = await fileOf(visitor);
    expect(page.headers.get('Content-Type')).to.equal('application/json; charset=utf-8');
    expect(page.headers.get('Content-Disposition')).to.match(
      /^attachment; filename="?numnaroad-my-data-\d{4}-\d\d-\d\d\.json"?$/,
    );
    expect(page.headers.get('Cache-Control')).to.equal('no-store');
    expect(text).to.equal(`${JSON.stringify(file, null, 2)}\n`);

    expect(file.account).to.include({ email: user.email, name: CANARY.name });
    for (const [what, value] of Object.entries(CANARY))
      expect(text.toLowerCase(), what).to.contain(value.toLowerCase());
    const orders = file.purchases.flatMap((purchase) => purchase.orders);
    expect(file.purchases).to.have.length(4);
    expect(orders.filter(({ refund }) => refund)).to.have.length(1);
    const [delivered] = orders.filter(({ esim }) => esim);
    const { esimActivationCode } = (await Order.findOne({ where: { publicId: delivered!.order_id } }))!;
    expect(delivered!.esim!.activation_code).to.equal(esimActivationCode);
    expect(delivered!.timeline.length).to.be.above(4);
    expect(delivered!.terms.name).to.equal(plan.name);
    expect(text).to.contain(coupon.code);
    for (const part of [
      'sessions',
      'customer',
      'cart',
      'wishlist',
      'reviews',
      'helpful_votes',
      'contact_requests',
      'mails',
    ])
      expect(file[part], part).to.be.an('array').with.length.above(0);
  });

  it('has nothing of others, no key in any form, and not how we deal with wholesalers', async () => {
    const { visitor, user } = await aWholeLife();
    const { order: bobs } = await ofBob();
    const { text } = await fileOf(visitor);
    const others = [bobs.publicId, bobs.customerEmail, bobs.esimActivationCode!];
    const wholesale = (await Order.findAll()).flatMap(({ providerOrderId }) => providerOrderId ?? []);
    const secrets = [
      user.passwordHash!,
      'argon2',
      'token',
      'hash',
      visitor.cookie().split('=')[1]!.slice(0, 20),
    ];
    for (const hidden of [...others, ...wholesale, ...secrets, 'cost', 'Airalo', 'MobiMatter', 'form_key'])
      expect(text.includes(hidden), hidden).to.equal(false);
  });

  it('keeps the code of an eSIM back that the account cannot see', async () => {
    const { user, visitor } = await aLoggedInMember();
    const { email } = user;
    await buy(await aProduct(), { email });
    const { purchases } = (await fileOf(visitor)).file;
    expect(purchases.flatMap(({ orders }) => orders).map(({ esim }) => esim)).to.deep.equal([null]);
    // From the next log-in on it is the account's.
    await logIn(visitor, user);
    const [purchase] = (await fileOf(visitor)).file.purchases;
    expect(purchase!.orders[0]!.esim!.activation_code).to.match(/^LPA:/);
  });

  it('is read in pages, and has each purchase once', async () => {
    const { user, visitor } = await aLoggedInMember();
    const plan = await aProduct({ stock: 60 });
    await visitor.put(plan);
    await visitor.startPaying({ email: user.email });
    const first = await Purchase.findOne({ rejectOnEmpty: true });
    const many = 45;
    for (let number = 1; number < many; number += 1) {
      const { id: _id, ...values } = first.get({ plain: true });
      const copy = await Purchase.create({
        ...values,
        formKey: `${first.formKey.slice(0, -2)}${String(number).padStart(2, '0')}`,
        stripeSessionId: null,
      });
      const order = await Order.findOne({ rejectOnEmpty: true });
      const { id: _order, publicId: _public, ...sold } = order.get({ plain: true });
      await Order.create({ ...sold, purchaseId: copy.id, paymentId: copy.id });
    }
    const { file } = await fileOf(visitor);
    const ids = file.purchases.map(({ orders }) => orders.map(({ order_id }) => order_id).join());
    expect(ids).to.have.length(many);
    expect(new Set(ids).size).to.equal(many);
  });

  it('asks for the password, not for long, only of who is logged in, and writes nothing', async () => {
    const { visitor } = await aLoggedInMember();
    expect((await visitor.get(PATH)).location).to.equal('/account/privacy');
    const before = await dump();
    expect((await download(new Visitor())).location).to.match(/^\/login/);
    expect(await dump()).to.deep.equal(before);
    for (let tries = 0; tries < 10; tries += 1) {
      const page = await download(visitor, 'wrong');
      expectRefusal(page, 422, 'not your present password');
      expect(page.$('#password').attr('aria-invalid')).to.equal('true');
      expect(page.headers.get('Content-Disposition')).to.equal(null);
    }
    expectRefusal(await download(visitor), 429, 'Too many tries');
  });

  it('is there for staff too', async () => {
    const user = await aMember({ role: 'support' });
    const visitor = new Visitor();
    await logIn(visitor, user);
    expect((await fileOf(visitor)).file.account.email).to.equal(user.email);
  });
});

async function ofBob() {
  const { session } = await buy(await aProduct(), { email: 'bob@canary.example' });
  const purchase = await Purchase.findOne({
    where: { stripeSessionId: session },
    include: 'orders',
    rejectOnEmpty: true,
  });
  return { order: purchase.orders![0]! };
}
