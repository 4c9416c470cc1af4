import { expect } from 'chai';
import { EmailLog, User } from '../../src/models/index.js';
import { aProduct } from '../support/factories.js';
import {
  register,
  NEW_ADDRESS,
  expectRefusal,
  aLoggedInMember,
  logIn,
  PASSWORD,
  tokenTo,
} from '../support/members.js';
import { Visitor } from '../support/visitor.js';

const BETTER = 'a whole new password';

describe('Bad input about accounts', () => {
  for (const [what, password, sentence] of [
    ['nothing', '', 'at least 8 characters'],
    ['seven characters', 'x7!Qz2k', 'at least 8 characters'],
    ['four signs of two code units each', '😀😃😄😁', 'at least 8 characters'],
    ['more than 1,024 bytes', 'é'.repeat(513), '1,024 bytes'],
    ['one of the first guesses', 'Password1!', 'one of the first'],
    ['the e-mail address', 'Carol@Example.com', 'must not be your e-mail'],
  ] as const) {
    it(`a password of ${what} is refused beside its field, and not shown again`, async () => {
      const page = await register(new Visitor(), { password });
      expectRefusal(page, 422, sentence);
      expect(page.$('#password').attr('aria-invalid')).to.equal('true');
      expect(page.$('#password').attr('value')).to.equal(undefined);
      expect([page.$('#email').val(), page.$('#name').val()]).to.deep.equal([NEW_ADDRESS, 'Carol']);
      expect(await User.count()).to.equal(0);
    });
  }

  it('names and addresses that are none are refused, each beside its field', async () => {
    const page = await register(new Visitor(), { email: 'carol', name: 'x'.repeat(201) });
    expectRefusal(page, 422, 'name@example.com');
    expect(page.$('[aria-invalid=true]').length).to.equal(2);
    for (const path of ['/password-reset', '/verify-email/mail'])
      expectRefusal(await new Visitor().post(path, { email: '@' }), 422, 'name@example.com');
    const twice = new URLSearchParams('email=a@example.com&email=b@example.com');
    expectRefusal(await new Visitor().post('/password-reset', twice), 422, 'name@example.com');
    expect(await EmailLog.count()).to.equal(0);
  });

  it('a form of 100 KB is refused at once', async () => {
    const { visitor } = await aLoggedInMember();
    const long = 'x@'.repeat(50_000);
    for (const path of [
      '/login',
      '/register',
      '/password-reset',
      '/password-reset/new',
      '/verify-email',
      '/account/password',
    ])
      expectRefusal(
        await visitor.post(path, { email: long, password: long, token: long }),
        413,
        'more than we can take',
      );
    const longest = 'x'.repeat(10_000);
    expect((await visitor.post('/login', { email: longest, password: longest })).status).to.equal(422);
    expect(
      (await visitor.post('/register', { email: longest, name: longest, password: longest })).status,
    ).to.equal(422);
  });

  it('passwords of two hundred characters are told apart by their last', async () => {
    const start = 'correct horse battery staple '.repeat(7).slice(0, 199);
    const { user, visitor } = await aLoggedInMember();
    await visitor.post('/account/password', { old_password: PASSWORD, new_password: `${start}a` });
    expect((await logIn(new Visitor(), user, `${start}b`)).status).to.equal(422);
    expect((await logIn(new Visitor(), user, start)).status).to.equal(422);
    expect((await logIn(new Visitor(), user, `${start}a`)).status).to.equal(303);
  });

  it('a password typed with composed and with single letters is the same', async () => {
    const { user, visitor } = await aLoggedInMember();
    const korean = '비밀번호는 여덟 글자';
    await visitor.post('/account/password', {
      old_password: PASSWORD,
      new_password: korean.normalize('NFD'),
    });
    expect((await logIn(new Visitor(), user, korean.normalize('NFC'))).status).to.equal(303);
  });

  it('columns that a form does not have stay as they are', async () => {
    const product = await aProduct();
    const stolen = {
      id: 'aaaaaaaaaaaaaaa',
      role: 'admin',
      verified: 'true',
      session_epoch: '9',
      sessionEpoch: '9',
      password_hash: 'x',
      passwordHash: 'x',
      closed_at: '2026-01-01',
      created: '2020-01-01',
      user: 'x',
      product: product.id,
    };
    await register(new Visitor(), stolen);
    const carol = await User.findOne({ rejectOnEmpty: true });
    expect([carol.role, carol.verified, carol.sessionEpoch, carol.closedAt]).to.deep.equal([
      'customer',
      false,
      0,
      null,
    ]);
    expect(carol.id).to.not.equal(stolen.id);

    const { user, visitor } = await aLoggedInMember();
    await visitor.post('/account/password', { ...stolen, old_password: PASSWORD, new_password: BETTER });
    await visitor.post('/account/email', { ...stolen, email: 'new@example.com', password: BETTER });
    await visitor.post('/verify-email', { ...stolen, token: await tokenTo('new@example.com') });
    await user.reload();
    expect([user.role, user.email, user.sessionEpoch]).to.deep.equal(['customer', 'new@example.com', 1]);
    expect((await visitor.get('/admin/orders')).status).to.equal(404);
  });
});
