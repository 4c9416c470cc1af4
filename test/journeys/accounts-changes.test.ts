import { expect } from 'chai';
import { EmailLog, Session, User } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aCoupon, aProduct } from '../support/factories.js';
import {
  register,
  NEW_ADDRESS,
  aMember,
  aLoggedInMember,
  isLoggedIn,
  linkTo,
  logIn,
  mailTo,
  PASSWORD,
  tokenTo,
} from '../support/members.js';
import { onlyOrder } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';
import { work } from '../support/work.js';

const theUser = () => User.findOne({ rejectOnEmpty: true });

describe('Accounts that change', () => {
  it('set a new password by mail, and end every session of the old one', async () => {
    const { user, visitor: left } = await aLoggedInMember();
    const asked = await new Visitor().post('/password-reset', { email: user.email });
    expect(asked.location).to.equal('/password-reset?done=mailed');
    const forgetful = new Visitor();
    const page = await forgetful.get(await linkTo(user.email));
    expect(page.text).to.contain(user.email);
    expect(await isLoggedIn(left)).to.equal(true);

    const token = String(page.$('input[name=token]').val());
    const done = await forgetful.post('/password-reset/new', { token, password: 'a whole new password' });
    expect(done.location).to.equal('/account?done=reset');
    expect(await isLoggedIn(forgetful)).to.equal(true);
    expect(await isLoggedIn(left)).to.equal(false);
    expect((await mailTo(user.email)).subject).to.equal('Your password was changed');
    expect((await logIn(new Visitor(), user)).status).to.equal(422);
    expect(
      (await forgetful.post('/password-reset/new', { token, password: 'and once more please' })).status,
    ).to.equal(410);
  });

  it('are confirmed by a reset too: whoever reads the mailbox owns the account', async () => {
    await register(new Visitor(), { password: 'a stranger got here first' });
    await new Visitor().post('/password-reset', { email: NEW_ADDRESS });
    const token = await tokenTo(NEW_ADDRESS);
    const carol = new Visitor();
    await carol.post('/password-reset/new', { token, password: PASSWORD });
    expect(await isLoggedIn(carol)).to.equal(true);
    expect((await theUser()).verified).to.equal(true);
    expect((await logIn(new Visitor(), await theUser(), 'a stranger got here first')).status).to.equal(422);
  });

  it('lead staff to the log-in page after a reset: a mailbox alone opens no back office', async () => {
    const user = await aMember({ role: 'admin' });
    await new Visitor().post('/password-reset', { email: user.email });
    const token = await tokenTo(user.email);
    const admin = new Visitor();
    const done = await admin.post('/password-reset/new', { token, password: 'a whole new password' });
    expect(done.location).to.equal('/login?done=reset');
    expect((await admin.get('/admin/orders')).location).to.match(/^\/login/);
  });

  it('change the password: this browser goes on under a new session, all others end', async () => {
    const { user, visitor } = await aLoggedInMember();
    const other = new Visitor();
    await logIn(other, user);
    const { code } = await aCoupon();
    await visitor.put(await aProduct(), 2);
    await visitor.post('/cart/coupon', { code });
    const before = visitor.cookie();

    const form = { old_password: PASSWORD, new_password: 'a whole new password' };
    expect((await visitor.post('/account/password', form)).location).to.equal('/account?done=password');
    expect(visitor.cookie()).to.not.equal(before);
    expect(await isLoggedIn(visitor)).to.equal(true);
    const cart = await visitor.get('/cart');
    expect(cart.$('#cart-count').text()).to.equal('2');
    expect(cart.text).to.contain(code);

    expect((await other.get('/account')).location).to.equal('/login?next=%2Faccount');
    expect((await new Visitor().get('/account', { Cookie: before })).status).to.equal(303);
    expect(await Session.count({ where: { userId: user.id } })).to.equal(1);
    expect((await mailTo(user.email)).subject).to.equal('Your password was changed');
  });

  it('ask for the present password before anything is changed', async () => {
    const { user, visitor } = await aLoggedInMember();
    const wrong = { old_password: 'wrong', password: 'wrong' };
    const forms = {
      '/account/password': { new_password: 'a whole new password' },
      '/account/email': { email: NEW_ADDRESS },
      '/account/closing': {},
    };
    for (const [path, form] of Object.entries(forms)) {
      const page = await visitor.post(path, { ...form, ...wrong });
      expect(page.status, path).to.equal(422);
      expect(page.text, path).to.contain('not your present password');
    }
    const { passwordHash, email, closedAt } = (await User.findByPk(user.id))!;
    expect({ passwordHash, email, closedAt }).to.deep.equal({
      passwordHash: user.passwordHash,
      email: user.email,
      closedAt: null,
    });
    expect(await EmailLog.count()).to.equal(0);
  });

  it('change the address once the new one is confirmed, and tell the old one', async () => {
    const { user, visitor } = await aLoggedInMember();
    const asked = await visitor.post('/account/email', { email: NEW_ADDRESS, password: PASSWORD });
    expect(asked.location).to.equal('/account/email?done=mailed');
    const link = await linkTo(NEW_ADDRESS);
    expect((await user.reload()).email).to.not.equal(NEW_ADDRESS);
    const old = user.email;

    const page = await visitor.get(link);
    expect(page.$('input[name=password]')).to.have.length(0);
    const token = String(page.$('input[name=token]').val());
    expect((await visitor.post('/verify-email', { token })).location).to.equal('/account?done=email');
    expect((await user.reload()).email).to.equal(NEW_ADDRESS);
    expect(await isLoggedIn(visitor)).to.equal(true);
    const notice = await mailTo(old);
    expect(notice.text).to.contain('c•••@example.com').and.not.contain(NEW_ADDRESS);
    expect((await visitor.post('/verify-email', { token })).status).to.equal(410);
  });

  it('ask for the password where a new address is confirmed in another browser', async () => {
    const { user, visitor } = await aLoggedInMember();
    await visitor.post('/account/email', { email: NEW_ADDRESS, password: PASSWORD });
    const token = await tokenTo(NEW_ADDRESS);
    const phone = new Visitor();
    expect((await phone.post('/verify-email', { token })).status).to.equal(422);
    expect((await user.reload()).email).to.not.equal(NEW_ADDRESS);
    expect((await phone.post('/verify-email', { token, password: PASSWORD })).location).to.equal(
      '/account?done=email',
    );
  });

  it('cannot move to the address of another account, but to one that somebody merely entered', async () => {
    const { user, visitor } = await aLoggedInMember();
    const bob = await aMember();
    await visitor.post('/account/email', { email: bob.email, password: PASSWORD });
    expect((await mailTo(bob.email)).subject).to.equal('You already have an account with us');

    await register();
    await visitor.post('/account/email', { email: NEW_ADDRESS, password: PASSWORD });
    await visitor.post('/verify-email', { token: await tokenTo(NEW_ADDRESS) });
    expect((await user.reload()).email).to.equal(NEW_ADDRESS);
    expect(await User.count()).to.equal(2);
  });

  it('log out everywhere at once', async () => {
    const { user, visitor } = await aLoggedInMember();
    const others = [new Visitor(), new Visitor()];
    for (const other of others) await logIn(other, user);
    const done = await visitor.post('/account/sessions/end', {});
    expect((await visitor.get(done.location!)).text).to.contain('logged out on all devices');
    for (const browser of [visitor, ...others]) expect(await isLoggedIn(browser)).to.equal(false);
    expect(await Session.count()).to.equal(0);
  });

  it('close: the person is gone from the account, the order stays in the books', async () => {
    const { user, visitor } = await aLoggedInMember({ name: 'Carol' });
    const address = user.email;
    await visitor.put(await aProduct());
    world.stripe.pay(await visitor.startPaying({ email: address }));
    await work();
    const other = new Visitor();
    await logIn(other, user);
    await visitor.put(await aProduct());

    expect((await visitor.get('/account/closing')).text).to.contain('cannot be undone');
    const done = await visitor.post('/account/closing', { password: PASSWORD });
    expect((await visitor.get(done.location!)).text).to.contain('account is closed');
    for (const browser of [visitor, other]) expect(await isLoggedIn(browser)).to.equal(false);
    const kept = await user.reload();
    expect(JSON.stringify(kept)).to.not.contain('Carol').and.not.contain(address);
    expect([kept.name, kept.passwordHash, kept.verified]).to.deep.equal([null, null, false]);
    const order = await onlyOrder();
    expect([order.userId, order.status, order.amountMinor]).to.deep.equal([user.id, 'completed', 450]);
    expect((await mailTo(address)).subject).to.equal('Your account is closed');

    await register(new Visitor(), { email: address });
    expect((await mailTo(address)).subject).to.equal('Please confirm your e-mail address');
  });

  it('of staff are not closed here', async () => {
    const user = await aMember({ role: 'support' });
    const visitor = new Visitor();
    await logIn(visitor, user);
    expect((await visitor.post('/account/closing', { password: PASSWORD })).status).to.equal(403);
    expect((await user.reload()).closedAt).to.equal(null);
  });
});
