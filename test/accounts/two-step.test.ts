import { expect } from 'chai';
import { AuditLog, RecoveryCode, Session, User } from '../../src/models/index.js';
import { HOUR, MINUTE, clock } from '../../src/lib/clock.js';
import { settings } from '../../src/settings.js';
import {
  aLoggedInColleague,
  aMember,
  confirm,
  expectRefusal,
  isLoggedIn,
  logIn,
  PASSWORD,
} from '../support/members.js';
import { appWith, setUpTwoStep } from '../support/two-step.js';
import { Visitor } from '../support/visitor.js';

const WRONG = 'That is not a code that works now.';

/** A colleague with a second step, and a browser in which nobody is logged in. */
async function somebody() {
  const { user, visitor } = await aLoggedInColleague();
  const { app, recoveryCodes } = await setUpTwoStep(visitor);
  return { user, app, recoveryCodes, browser: new Visitor(), colleague: visitor };
}

const giveCode = (browser: Visitor, code: string, next = '') => browser.post('/login/code', { code, next });

const reaches = async (browser: Visitor, path = '/admin/orders') => (await browser.get(path)).status === 200;

describe('The second step of logging in', () => {
  it('is set up with a QR, a secret in letters, a first code and recovery codes, which nobody can read again', async () => {
    const { user, visitor } = await aLoggedInColleague();
    expect((await visitor.get('/admin/orders')).text).to.contain('Your account has no second step yet');
    expect((await visitor.get('/admin/two-step/new')).location).to.match(/^\/admin\/confirm\?next=/);
    await confirm(visitor);
    const page = await visitor.get('/admin/two-step/new');
    expect(page.$('img.admin-qr').attr('src')).to.match(/^data:image\/png;base64,/);
    const secret = page.$('code').text().replace(/\s/g, '');
    expect(secret).to.match(/^[A-Z2-7]{32}$/);
    expect(page.$('a[href^="otpauth://totp/"]').attr('href')).to.contain(`secret=${secret}`);

    expectRefusal(await visitor.post('/admin/two-step/new', { code: '123' }), 422, WRONG);
    expect((await visitor.get('/admin/two-step/new')).text.replace(/\s/g, '')).to.contain(secret);
    expect((await user.reload()).hasTwoStep()).to.equal(false);

    const done = await visitor.post('/admin/two-step/new', { code: appWith(secret).code() });
    expect(done.status).to.equal(200);
    expect(done.headers.get('Cache-Control')).to.equal('no-store');
    const codes = done
      .$('.admin-codes code')
      .toArray()
      .map((code) => done.$(code).text());
    expect(new Set(codes)).to.have.property('size', 10);
    expect(await reaches(visitor)).to.equal(true);
    expect((await visitor.get('/admin/orders')).text).to.not.contain('no second step');
    expect((await visitor.get('/admin/two-step')).text).to.contain('10 codes are left');
    const kept = JSON.stringify([
      await User.findAll(),
      await RecoveryCode.findAll(),
      await AuditLog.findAll(),
      await Session.findAll(),
    ]);
    for (const hidden of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
      expect(kept).to.not.contain(hidden);
  });

  it('ends the sessions from before it', async () => {
    const { user, visitor } = await aLoggedInColleague();
    const other = new Visitor();
    await logIn(other, user);
    await setUpTwoStep(visitor);
    expect(await reaches(other)).to.equal(false);
    expect(await reaches(visitor)).to.equal(true);
  });

  it('is asked for after the password, and leads on to where somebody wanted to go', async () => {
    const { user, app, browser } = await somebody();
    const asked = await browser.post('/login', {
      email: user.email,
      password: PASSWORD,
      next: '/admin/reviews',
    });
    expect(asked.location).to.equal('/login/code?next=%2Fadmin%2Freviews');
    const page = await browser.get(asked.location!);
    expect(page.$('input[name=next]').val()).to.equal('/admin/reviews');
    const before = browser.cookie();
    expect((await giveCode(browser, app.code(), '/admin/reviews')).location).to.equal('/admin/reviews');
    expect(await reaches(browser)).to.equal(true);
    expect(browser.cookie()).to.not.equal(before);
    const stranger = new Visitor();
    stranger.keep(before);
    expect(await reaches(stranger)).to.equal(false);
    for (const next of ['//evil.example', '/\\evil.example'])
      expect((await giveCode(browser, 'x', next)).location).to.equal('/login');
  });

  it('lets nobody in by the password alone', async () => {
    const { user, browser } = await somebody();
    const first = new Visitor();
    await first.get('/login');
    await logIn(browser, user);
    for (const path of ['/admin', '/admin/orders', '/admin/two-step', '/admin/confirm', '/account'])
      expect((await browser.get(path)).location, path).to.match(/^\/login\?next=/);
    expect(await isLoggedIn(browser)).to.equal(false);
    expect((await confirm(browser)).location).to.match(/^\/login/);
    expect((await browser.post('/account/sessions/end', {})).location).to.match(/^\/login/);
    const { data } = await Session.findOne({ order: [['created', 'DESC']], rejectOnEmpty: true });
    expect(data).to.not.contain('passport');
  });

  it('takes a code once, in any browser, also when it comes twice at once', async () => {
    const { user, app, browser } = await somebody();
    const other = new Visitor();
    await logIn(browser, user);
    await logIn(other, user);
    const code = app.code();
    const answers = await Promise.all([giveCode(browser, code), giveCode(other, code)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).to.deep.equal([303, 422]);
    expectRefusal(await giveCode(answers[0].status === 422 ? browser : other, code), 422, WRONG);
    const third = new Visitor();
    await logIn(third, user);
    expectRefusal(await giveCode(third, app.code(-1)), 422, WRONG);
    expect((await giveCode(third, app.code(1))).location).to.equal('/admin');
  });

  it('takes a code of the minute around it, and none that is older', async () => {
    const { user, app, browser } = await somebody();
    clock.advance(HOUR);
    await logIn(browser, user);
    for (const code of [app.code(-2), app.code(2), '000000', '', '12345', 'abcdef'])
      expect((await giveCode(browser, code)).status, code).to.be.oneOf([422, 429]);
    const fresh = new Visitor();
    clock.advance(16 * MINUTE);
    await logIn(fresh, user);
    const typed = app.code().replace(/(...)/, '$1 ');
    expect((await giveCode(fresh, typed)).location).to.equal('/admin');
  });

  it('is slowed down after five wrong codes, whatever address they come from', async () => {
    const { user, app } = await somebody();
    const guess = async (code: string) => {
      const browser = new Visitor();
      await logIn(browser, user);
      return (await giveCode(browser, code)).status;
    };
    const tries = [];
    for (let count = 1; count <= 6; count += 1) tries.push(await guess('000000'));
    expect(tries).to.deep.equal([422, 422, 422, 422, 422, 429]);
    expect(await guess(app.code())).to.equal(429);
    clock.advance(16 * MINUTE);
    expect(await guess(app.code())).to.equal(303);
  });

  it('takes each recovery code once, which is in the books', async () => {
    const { user, recoveryCodes, browser } = await somebody();
    await logIn(browser, user);
    const typed = ` ${recoveryCodes[0]!.toUpperCase().replaceAll('-', ' ')} `;
    expect((await giveCode(browser, typed)).location).to.equal('/admin');
    expect(await AuditLog.findOne({ where: { action: 'use_recovery_code' } })).to.deep.include({
      actorId: user.id,
      before: { left: 10 },
      after: { left: 9 },
    });
    const again = new Visitor();
    await logIn(again, user);
    expectRefusal(await giveCode(again, recoveryCodes[0]!), 422, WRONG);
    const [left, right] = [new Visitor(), new Visitor()];
    for (const visitor of [left, right]) await logIn(visitor, user);
    const both = await Promise.all([left, right].map((visitor) => giveCode(visitor, recoveryCodes[1]!)));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).to.deep.equal([303, 422]);
  });

  it('is waited for ten minutes, and not when the sessions of the account end', async () => {
    const { user, app, browser, colleague } = await somebody();
    await logIn(browser, user);
    clock.advance(11 * MINUTE);
    expect((await browser.get('/login/code')).location).to.equal('/login');
    expect((await giveCode(browser, app.code())).location).to.equal('/login');
    await logIn(browser, user);
    await colleague.post('/account/sessions/end', {});
    expect((await giveCode(browser, app.code())).location).to.equal('/login');
  });

  it('gives new recovery codes in place of the old ones', async () => {
    const { user, app, recoveryCodes, colleague } = await somebody();
    const path = '/admin/two-step/recovery-codes';
    expect((await colleague.post(path, {})).location).to.match(/^\/admin\/confirm/);
    expectRefusal(await confirm(colleague), 422, WRONG);
    await confirm(colleague, { code: app.code() });
    const made = await colleague.post(path, {});
    expect(made.$('.admin-codes code')).to.have.length(10);
    const browser = new Visitor();
    await logIn(browser, user);
    expect((await giveCode(browser, recoveryCodes[0]!)).status).to.equal(422);
    expect((await giveCode(browser, made.$('.admin-codes code').first().text())).status).to.equal(303);
  });

  it('comes first in production, and nothing else of the back office opens without it', async () => {
    const { visitor } = await aLoggedInColleague();
    settings.production = true;
    try {
      for (const path of ['/admin', '/admin/orders', '/admin/users', '/admin/settings'])
        expect((await visitor.get(path)).location, path).to.equal('/admin/two-step');
      const renamed = await visitor.post('/admin/settings', { shop_name: 'Mine', return_days: '14' });
      expect(renamed.location).to.equal('/admin/two-step');
      expect((await visitor.get('/admin/two-step')).status).to.equal(200);
      await setUpTwoStep(visitor);
      expect(await reaches(visitor)).to.equal(true);
    } finally {
      settings.production = false;
    }
  });

  it('is not asked of customers', async () => {
    const user = await aMember();
    expect((await logIn(new Visitor(), user)).location).to.equal('/account');
  });
});

describe('Confirming that it is you', () => {
  it('asks for the code too, uses it up, and goes on under a new session', async () => {
    const { user, app, colleague } = await somebody();
    expectRefusal(await confirm(colleague, { password: 'x', code: app.code() }), 422, 'present password');
    const before = colleague.cookie();
    expect((await confirm(colleague, { code: app.code(), next: '/admin/users' })).location).to.equal(
      '/admin/users',
    );
    expect(colleague.cookie()).to.not.equal(before);
    const thief = new Visitor();
    thief.keep(before);
    expect((await thief.get('/admin/orders')).location).to.match(/^\/login/);
    const browser = new Visitor();
    await logIn(browser, user);
    expectRefusal(await giveCode(browser, app.code()), 422, WRONG);
  });

  it('leads to pages of this shop alone, and is forgotten by a new log-in', async () => {
    const { user, visitor } = await aLoggedInColleague();
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example'])
      expect((await confirm(visitor, { next })).location, next).to.equal('/admin');
    expect((await visitor.get('/admin/users/invitation')).status).to.equal(200);
    await logIn(visitor, user);
    expect((await visitor.get('/admin/users/invitation')).location).to.match(/^\/admin\/confirm/);
  });

  it('is limited as passwords are', async () => {
    const { visitor } = await aLoggedInColleague();
    const tries = [];
    for (let count = 1; count <= 11; count += 1)
      tries.push((await confirm(visitor, { password: 'guess' })).status);
    expect(tries).to.deep.equal([...Array<number>(10).fill(422), 429]);
    expect((await confirm(visitor)).status).to.equal(429);
  });
});
