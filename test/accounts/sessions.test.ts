import { expect } from 'chai';
import { Session } from '../../src/models/index.js';
import { aLoggedInMember, isLoggedIn, PASSWORD } from '../support/members.js';
import { Visitor } from '../support/visitor.js';

const BETTER = 'a whole new password';

describe('Sessions of accounts', () => {
  it('the session of somebody else, or of an old password, opens nothing', async () => {
    const { user, visitor } = await aLoggedInMember();
    const thief = { Cookie: visitor.cookie() };
    await visitor.post('/account/password', { old_password: PASSWORD, new_password: BETTER });
    for (const path of ['/account', '/account/email', '/account/password', '/account/closing'])
      expect((await new Visitor().get(path, thief)).location, path).to.match(/^\/login\?next=/);
    for (const path of ['/account/password', '/account/email', '/account/closing', '/account/sessions/end'])
      expect(
        (await new Visitor().post(path, { password: BETTER, old_password: BETTER }, thief)).location,
        path,
      ).to.match(/^\/login/);
    expect(await isLoggedIn(visitor)).to.equal(true);
    expect((await user.reload()).closedAt).to.equal(null);
  });

  it('a log-in with the old password that ends after it was changed begins no session', async () => {
    const { visitor } = await aLoggedInMember();
    const late = { Cookie: visitor.cookie() };
    const { sid, userId, data, expiresAt } = await Session.findOne({ rejectOnEmpty: true });
    await visitor.post('/account/password', { old_password: PASSWORD, new_password: BETTER });
    await Session.create({ sid, userId, data, expiresAt });
    expect((await new Visitor().get('/account', late)).location).to.match(/^\/login/);
    expect(await isLoggedIn(visitor)).to.equal(true);
  });

  it('a session that was written before sessions had an epoch is nobody’s', async () => {
    const { visitor } = await aLoggedInMember();
    const session = await Session.findOne({ rejectOnEmpty: true });
    const data = JSON.parse(session.data) as { passport: { user: unknown } };
    await session.update({ data: JSON.stringify({ ...data, passport: { user: 'aaaaaaaaaaaaaaa' } }) });
    expect((await visitor.get('/account')).location).to.match(/^\/login/);
  });

  it('forms are not taken from other sites, nor by a link', async () => {
    const { visitor } = await aLoggedInMember();
    for (const path of [
      '/logout',
      '/account/sessions/end',
      '/account/closing',
      '/login',
      '/register',
      '/password-reset',
    ])
      expect((await visitor.post(path, {}, { 'Sec-Fetch-Site': 'cross-site' })).status, path).to.equal(403);
    for (const path of ['/logout', '/account/sessions/end', '/verify-email/mail', '/password-reset/new'])
      expect((await visitor.get(path)).status, path).to.equal(303);
    expect(await isLoggedIn(visitor)).to.equal(true);
  });

  it('looking at the pages for visitors sets no cookie and writes nothing', async () => {
    const guest = new Visitor();
    for (const path of [
      '/login',
      '/register',
      '/verify-email',
      '/password-reset',
      '/login?done=closed&next=/account',
    ])
      expect((await guest.get(path)).status, path).to.equal(200);
    expect((await guest.get('/account')).status).to.equal(303);
    expect(guest.hasCookies()).to.equal(false);
    expect(await Session.count()).to.equal(0);
  });
});
