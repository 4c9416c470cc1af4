import { expect } from 'chai';
import { AccountLink, User } from '../../src/models/index.js';
import {
  register,
  NEW_ADDRESS,
  expectRefusal,
  aMember,
  aLoggedInMember,
  PASSWORD,
  tokenTo,
} from '../support/members.js';
import { Visitor } from '../support/visitor.js';

const BETTER = 'a whole new password';

describe('Links in mails about accounts', () => {
  it('a token that is made up, cut, or sent as a list opens nothing', async () => {
    await register();
    const token = await tokenTo(NEW_ADDRESS);
    for (const wrong of ['', 'x', token.slice(1), `${token}x`, 'A'.repeat(43), "' OR 1=1 --"]) {
      for (const path of ['/verify-email', '/password-reset']) {
        const query = new URLSearchParams({ token: wrong });
        expectRefusal(await new Visitor().get(`${path}?${query.toString()}`), 410, 'ask for a new one');
      }
      expectRefusal(
        await new Visitor().post('/verify-email', { token: wrong, password: PASSWORD }),
        410,
        'new one',
      );
      expectRefusal(
        await new Visitor().post('/password-reset/new', { token: wrong, password: BETTER }),
        410,
        'new one',
      );
    }
    const list = await new Visitor().get(`/verify-email?token=${token}&token=${token}`);
    expect(list.status).to.be.within(400, 499);
    expect((await User.findOne())!.verified).to.equal(false);
  });

  it('a token serves no other purpose, and works once, also for two at the same time', async () => {
    await register();
    const confirming = await tokenTo(NEW_ADDRESS);
    expectRefusal(
      await new Visitor().post('/password-reset/new', { token: confirming, password: BETTER }),
      410,
      'new one',
    );

    await new Visitor().post('/password-reset', { email: NEW_ADDRESS });
    const resetting = await tokenTo(NEW_ADDRESS);
    expectRefusal(
      await new Visitor().post('/verify-email', { token: resetting, password: PASSWORD }),
      410,
      'new one',
    );

    const answers = await Promise.all(
      ['one new password', 'another new password'].map((password) =>
        new Visitor().post('/password-reset/new', { token: resetting, password }),
      ),
    );
    expect(answers.map(({ status }) => status)).to.have.members([303, 410]);
  });

  it('a refused password does not use the token up', async () => {
    const { email } = await aMember();
    await new Visitor().post('/password-reset', { email });
    const token = await tokenTo(email);
    const page = await new Visitor().post('/password-reset/new', { token, password: 'password' });
    expectRefusal(page, 422, 'one of the first');
    expect(page.$('input[name=token]').val()).to.equal(token);
    expectRefusal(
      await new Visitor().post('/password-reset/new', { token, password: email }),
      422,
      'must not be',
    );
    expect((await new Visitor().post('/password-reset/new', { token, password: BETTER })).status).to.equal(
      303,
    );
  });

  it('the links of an account end with its password and with its address', async () => {
    const { user, visitor } = await aLoggedInMember();
    await visitor.post('/account/email', { email: 'mallory@example.com', password: PASSWORD });
    const moving = await tokenTo('mallory@example.com');
    await new Visitor().post('/password-reset', { email: user.email });
    const resetting = await tokenTo(user.email);
    await visitor.post('/account/password', { old_password: PASSWORD, new_password: BETTER });
    expect((await visitor.post('/verify-email', { token: moving })).status).to.equal(410);
    expect(
      (await visitor.post('/password-reset/new', { token: resetting, password: PASSWORD })).status,
    ).to.equal(410);
    expect(await AccountLink.count({ where: { endedAt: null } })).to.equal(0);
  });
});
