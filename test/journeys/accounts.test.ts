import { expect } from 'chai';
import { DAY, HOUR, MINUTE, clock } from '../../src/lib/clock.js';
import { AccountLink, EmailLog, User } from '../../src/models/index.js';
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
import { Visitor } from '../support/visitor.js';

const theUser = () => User.findOne({ rejectOnEmpty: true });

describe('Accounts', () => {
  it('are opened with an address that is then confirmed, and that logs in', async () => {
    const carol = new Visitor();
    const answer = await register(carol, { email: ' Carol@Example.com ' });
    expect([answer.status, answer.location]).to.deep.equal([303, '/verify-email?done=mailed']);
    expect((await carol.get(answer.location!)).text).to.contain('look into your mail');
    expect(carol.hasCookies()).to.equal(false);
    expect((await logIn(carol, await theUser())).status).to.equal(422);

    const link = await linkTo(NEW_ADDRESS);
    const page = await carol.get(link);
    expect(page.headers.get('Referrer-Policy')).to.equal('strict-origin');
    expect(page.$('form[action="/verify-email"] input[name=password]')).to.have.length(1);
    expect((await theUser()).verified).to.equal(false);

    const token = String(page.$('input[name=token]').val());
    const confirmed = await carol.post('/verify-email', { token, password: PASSWORD });
    expect([confirmed.status, confirmed.location]).to.deep.equal([303, '/account?done=confirmed']);
    expect((await carol.get(confirmed.location!)).text)
      .to.contain('Welcome')
      .and.contain(NEW_ADDRESS);
    expect((await logIn(new Visitor(), await theUser())).location).to.equal('/account');
  });

  it('are confirmed only by who knows both the mailbox and the password', async () => {
    await register();
    const token = await tokenTo(NEW_ADDRESS);
    const stranger = await new Visitor().post('/verify-email', { token, password: 'another password' });
    expect(stranger.status).to.equal(422);
    expect(stranger.$('#password').attr('aria-invalid')).to.equal('true');
    expect((await theUser()).verified).to.equal(false);
    expect((await new Visitor().post('/verify-email', { token, password: PASSWORD })).status).to.equal(303);
  });

  it('take the last form that was sent with an address that nobody has confirmed', async () => {
    await register(new Visitor(), { password: 'a stranger got here first' });
    const first = await tokenTo(NEW_ADDRESS);
    await register();
    const second = await tokenTo(NEW_ADDRESS);
    expect((await new Visitor().post('/verify-email', { token: first, password: PASSWORD })).status).to.equal(
      410,
    );
    expect(
      (await new Visitor().post('/verify-email', { token: second, password: PASSWORD })).status,
    ).to.equal(303);
    expect(await User.count()).to.equal(1);
  });

  it('send the confirmation again, and only the newest link works', async () => {
    await register();
    const first = await tokenTo(NEW_ADDRESS);
    const again = await new Visitor().post('/verify-email/mail', { email: NEW_ADDRESS });
    expect(again.location).to.equal('/verify-email?done=mailed');
    const second = await tokenTo(NEW_ADDRESS);
    expect(second).to.not.equal(first);
    expect((await new Visitor().get(`/verify-email?token=${first}`)).status).to.equal(410);
    expect((await new Visitor().get(`/verify-email?token=${second}`)).status).to.equal(200);
  });

  it('tell the owner of a known address by mail, and nobody else', async () => {
    const user = await aMember();
    await register(new Visitor(), { email: user.email, password: 'something else entirely' });
    expect((await mailTo(user.email)).subject).to.equal('You already have an account with us');
    expect((await logIn(new Visitor(), user)).location).to.equal('/account');
    expect((await logIn(new Visitor(), user, 'something else entirely')).status).to.equal(422);
  });

  it('stay logged in for fourteen idle days, and for thirty in all', async () => {
    const { visitor } = await aLoggedInMember();
    for (let days = 0; days < 26; days += 13) {
      clock.advance(13 * DAY);
      expect(await isLoggedIn(visitor)).to.equal(true);
    }
    clock.advance(5 * DAY);
    expect(await isLoggedIn(visitor)).to.equal(false);

    const { visitor: idle } = await aLoggedInMember();
    clock.advance(15 * DAY);
    expect(await isLoggedIn(idle)).to.equal(false);
  });

  it('of staff stay logged in for thirty idle minutes', async () => {
    const visitor = new Visitor();
    await logIn(visitor, await aMember({ role: 'support' }));
    for (let count = 0; count < 3; count += 1) {
      clock.advance(25 * MINUTE);
      expect((await visitor.get('/admin/orders')).status).to.equal(200);
    }
    clock.advance(31 * MINUTE);
    expect((await visitor.get('/admin/orders')).location).to.match(/^\/login/);
  });

  it('send links that end: an address in a day, a password in an hour', async () => {
    await register();
    const confirming = await linkTo(NEW_ADDRESS);
    const member = await aMember();
    await new Visitor().post('/password-reset', { email: member.email });
    const resetting = await linkTo(member.email);
    clock.advance(HOUR + 1);
    expect((await new Visitor().get(resetting)).status).to.equal(410);
    expect((await new Visitor().get(confirming)).status).to.equal(200);
    clock.advance(DAY);
    expect((await new Visitor().get(confirming)).status).to.equal(410);
  });

  it('store neither password nor token', async () => {
    await register();
    const token = await tokenTo(NEW_ADDRESS);
    const stored = JSON.stringify([
      await User.findAll(),
      await AccountLink.findAll(),
      await EmailLog.findAll(),
    ]);
    expect(stored).to.not.contain(token).and.not.contain(PASSWORD);
    expect((await theUser()).passwordHash).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('write in the language of the account', async () => {
    const { user } = await aLoggedInMember({ language: 'en' });
    await new Visitor().post('/password-reset', { email: user.email });
    const mail = await mailTo(user.email);
    expect(mail.html).to.contain('<html lang="en">').and.contain('href="http');
    expect(mail.text)
      .to.contain('within one hour')
      .and.not.match(/mail\.\w+|undefined|\{\{/);
  });
});
