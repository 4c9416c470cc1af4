import { expect } from 'chai';
import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database.js';
import {
  ContactRequest,
  CouponRedemption,
  Customer,
  EmailLog,
  Order,
  Purchase,
  Review,
  User,
} from '../../src/models/index.js';
import { eraseCustomer } from '../../src/privacy/erase.js';
import { dump } from '../support/dump.js';
import { world } from '../support/environment.js';
import { aContactRequest, aProduct } from '../support/factories.js';
import {
  PASSWORD,
  aLoggedInMember,
  aMember,
  expectRefusal,
  isLoggedIn,
  logIn,
  mailTo,
  register,
} from '../support/members.js';
import { buy } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';
import { CANARY, aWholeLife, logInAgain } from '../support/whole-life.js';
import { work } from '../support/work.js';

const PAGE = '/account/privacy/erasure';
const erase = (visitor: Visitor, password = PASSWORD) => visitor.post(PAGE, { password });

/** Which of them stand anywhere in the database. */
async function found(values: Record<string, string>) {
  const text = (await dump()).join('\n').toLowerCase();
  return Object.keys(values).filter((name) => text.includes(values[name]!.toLowerCase()));
}

/** Not the count of tries. */
const isOfTheBooks = (line: string) => !/^(rate_limits|sessions) /.test(line);

/** What the tax office asks for. */
const books = () =>
  sequelize.query(
    `SELECT o.order_id, o.amount_minor, o.discount_amount_minor, o.currency, o.status, o.payment_status, o.payment_id, o.terms,
       o.esim_iccid, o.esim_activation_code, o.created, p.total_minor, p.state, p.stripe_session_id, p.payment_intent,
       p.paid_at, r.stripe_refund_id, r.state AS refund,
       (SELECT count(*) FROM automation_logs l WHERE l."order" = o.id) AS steps,
       (SELECT state FROM coupon_redemptions c WHERE c.purchase = p.id) AS coupon
     FROM orders o JOIN purchases p ON p.id = o.purchase LEFT JOIN refunds r ON r."order" = o.id ORDER BY o.id`,
    { type: QueryTypes.SELECT },
  );

const isErased = ({ canonicalEmail }: Purchase) => canonicalEmail.endsWith('@closed.invalid');

describe('Being erased', () => {
  it('takes a whole life out of every table, and leaves the books and the review', async () => {
    const { user, visitor, guest, review } = await aWholeLife();
    expect(await found(CANARY)).to.have.members(Object.keys(CANARY));
    const kept = await books();
    const stranger = await buy(await aProduct(), { email: 'bob@example.com' });

    const page = await visitor.get(PAGE);
    expect(page.text).to.contain('cannot be undone').and.contain('What stays, without you');
    const done = await erase(visitor);
    expect(done.location).to.equal('/login?done=erased');
    expect((await visitor.get(done.location!)).text).to.contain('You are erased');

    // One last mail is on its way; with it goes the address.
    expect(await found(CANARY)).to.deep.equal(['email']);
    expect((await mailTo(CANARY.email)).subject).to.equal('We have erased what we knew of you');
    expect(await found(CANARY)).to.deep.equal([]);

    expect(await books()).to.deep.include.members(kept);
    expect(await Order.count({ where: { userId: user.id } })).to.equal(4);
    const former = await User.findByPk((await Review.findByPk(review.id))!.userId);
    expect([former!.name, former!.closedAt === null]).to.deep.equal([null, false]);
    expect(await isLoggedIn(visitor)).to.equal(false);
    expect((await guest.get('/cart')).$('#cart-count').text()).to.equal('0');
    const bobs = await Purchase.findOne({ where: { stripeSessionId: stranger.session } });
    expect([bobs!.email, bobs!.ipAddress !== null]).to.deep.equal(['bob@example.com', true]);
  });

  it('gives a customer and all purchases of one address the same address of nobody, and another one to each', async () => {
    const { visitor } = await aWholeLife();
    await erase(visitor);
    const all = await Purchase.findAll();
    const purchases = all.filter(isErased);
    expect(purchases).to.have.length(all.length - 1, 'all but that of somebody else');
    const addresses = new Set(purchases.map(({ canonicalEmail }) => canonicalEmail));
    expect(addresses.size).to.equal(2);
    for (const { email, canonicalEmail } of purchases)
      expect(email)
        .to.equal(canonicalEmail)
        .and.match(/^erased-[a-z0-9]{15}@closed\.invalid$/);
    const customers = (await Customer.findAll()).filter(({ email }) => email.endsWith('@closed.invalid'));
    expect(customers.map(({ email }) => email)).to.have.members([...addresses]);
    for (const { name, phone, userId } of customers)
      expect([name, phone, userId]).to.deep.equal([null, null, null]);
  });

  it('stops the links of earlier mails', async () => {
    const { visitor, user } = await aLoggedInMember();
    await visitor.put(await aProduct());
    world.stripe.pay(await visitor.startPaying({ email: user.email }));
    await work();
    const link = /\/orders\/\S+\?token=[\w-]{43}/.exec((await mailTo(user.email)).text)![0];
    expect((await new Visitor().get(link)).status).to.equal(200);
    await erase(visitor);
    expect((await new Visitor().get(link)).status).to.equal(404);
  });

  it('lets somebody begin anew with the same address, and find nothing of before', async () => {
    const { visitor, user } = await aLoggedInMember();
    await visitor.put(await aProduct());
    world.stripe.pay(await visitor.startPaying({ email: user.email }));
    await work();
    const { email } = user;
    await erase(visitor);
    await register(new Visitor(), { email });
    expect((await mailTo(email)).subject).to.equal('Please confirm your e-mail address');
    expect(await Order.count({ where: { customerEmail: email } })).to.equal(0);
  });

  it('is done once, however often the button is pressed', async () => {
    const { visitor, user } = await aLoggedInMember();
    const answers = await Promise.all(Array.from({ length: 4 }, () => erase(visitor)));
    for (const { status, location } of answers) {
      expect(status).to.equal(303);
      expect(location).to.be.oneOf(['/login?done=erased', `/login?next=${encodeURIComponent(PAGE)}`]);
    }
    expect(await EmailLog.count({ where: { userId: user.id, kind: 'account_erased' } })).to.equal(1);
    expect((await visitor.get('/account')).location).to.equal('/login?next=%2Faccount');
  });

  it('is done as a whole or not at all, wherever it breaks off', async () => {
    const { visitor } = await aWholeLife();
    const before = (await dump()).filter(isOfTheBooks);
    for (const model of [CouponRedemption, Order, ContactRequest, EmailLog] as (typeof Order)[]) {
      model.addHook('beforeBulkUpdate', 'dies', () => {
        throw new Error('The process died');
      });
      expect((await erase(visitor)).status).to.equal(500);
      const byVerb = await eraseCustomer(CANARY.email).catch((error: unknown) => error);
      model.removeHook('beforeBulkUpdate', 'dies');
      expect(byVerb).to.be.instanceOf(Error);
      expect((await dump()).filter(isOfTheBooks), model.name).to.deep.equal(before);
    }
    expect((await erase(visitor)).status).to.equal(303);
    await work();
    expect(await found(CANARY)).to.deep.equal([]);
  });

  it('asks for the password, not for long, and only of who is logged in', async () => {
    const { visitor, user } = await aLoggedInMember();
    expect((await new Visitor().get(PAGE)).location).to.equal(`/login?next=${encodeURIComponent(PAGE)}`);
    const before = await dump();
    expect((await erase(new Visitor())).location).to.match(/^\/login/);
    expect(await dump()).to.deep.equal(before);
    for (let tries = 0; tries < 10; tries += 1)
      expectRefusal(await erase(visitor, 'wrong'), 422, 'not your present password');
    expectRefusal(await erase(visitor), 429, 'Too many tries');
    expect((await user.reload()).closedAt).to.equal(null);
  });

  it('is nothing that staff do to themselves', async () => {
    const user = await aMember({ role: 'admin' });
    const visitor = new Visitor();
    await logIn(visitor, user);
    expect((await visitor.get(PAGE)).location).to.equal('/account/privacy');
    const page = await visitor.get('/account/privacy');
    expect(page.text).to.contain('in the back office').and.not.contain('Erase me');
    expectRefusal(await erase(visitor), 403, 'closed in the back office');
    expect((await user.reload()).closedAt).to.equal(null);
  });

  it('by a verb: a guest’s address, twice, and an address that nobody has', async () => {
    await buy(await aProduct(), { email: CANARY.email, name: CANARY.name });
    await aContactRequest({ email: CANARY.email, message: CANARY.words });
    const { email, name, words } = CANARY;
    await eraseCustomer(email);
    expect(await found({ email, name, words })).to.deep.equal([]);
    const after = await dump();
    await eraseCustomer(email);
    await eraseCustomer('nobody.ever@example.com');
    expect(await dump()).to.deep.equal(after);
    expect(await EmailLog.count({ where: { kind: 'account_erased' } })).to.equal(0);
  });

  it('by a verb: also what was bought in an account that was merely closed before', async () => {
    const { visitor, user } = await aWholeLife();
    await visitor.post('/account/closing', { password: PASSWORD });
    await work();
    await eraseCustomer(CANARY.email);
    const { email, browser } = CANARY;
    expect(await found({ email })).to.deep.equal([]);
    // What the account bought for another address is that customer's.
    expect(await found({ browser })).to.deep.equal(['browser']);
    await eraseCustomer(CANARY.otherEmail);
    expect(await found({ browser })).to.deep.equal([]);
    expect(await logInAgain(user).then(isLoggedIn)).to.equal(false);
  });

  it('by a verb: no staff', async () => {
    const { email } = await aMember({ role: 'support' });
    const before = await dump();
    await eraseCustomer(email).then(
      () => expect.fail('staff were erased'),
      ({ status }: { status: number }) => expect(status).to.equal(403),
    );
    expect(await dump()).to.deep.equal(before);
  });
});
