import { expect } from 'chai';
import { HOUR, clock } from '../../src/lib/clock.js';
import { hashOf } from '../../src/lib/ids.js';
import { AccountLink, User } from '../../src/models/index.js';
import { aUser } from '../support/factories.js';
import { refusal, sql, wall } from '../support/refusals.js';

const issue = (user: User, purpose: 'verify_email' | 'reset_password' = 'reset_password') =>
  AccountLink.issue(user.id, purpose, user.email);
const find = (token: unknown) => AccountLink.find(token, ['reset_password']);
const change = (column: string, value: unknown) => sql(`UPDATE account_links SET "${column}" = ?`, value);

describe('A link that proves an address', () => {
  it('is found by its token, for its purpose, until it expires', async () => {
    const user = await aUser();
    const token = await issue(user);
    expect((await find(token))!.user!.id).to.equal(user.id);
    expect(await AccountLink.find(token, ['verify_email', 'change_email'])).to.equal(null);
    for (const wrong of [`${token.slice(1)}x`, '', undefined, [token], { token }])
      expect(await find(wrong)).to.equal(null);
    clock.advance(HOUR);
    expect(await find(token)).to.equal(null);
  });

  it('works once', async () => {
    const token = await issue(await aUser());
    const [first, second] = [(await find(token))!, (await find(token))!];
    await first.use();
    expect(await refusal(second.use())).to.equal('errors.linkOver');
    expect(await find(token)).to.equal(null);
    expect(await wall(change('ended_at', null))).to.equal('a link that was used or withdrawn stays so');
  });

  it('takes the place of the one before it, of the same purpose and person', async () => {
    const user = await aUser();
    const old = await issue(user);
    const [other, another] = [await issue(user, 'verify_email'), await issue(await aUser())];
    const fresh = await issue(user);
    expect(await find(old)).to.equal(null);
    for (const token of [fresh, another]) expect(await find(token)).to.not.equal(null);
    expect(await AccountLink.find(other, ['verify_email'])).to.not.equal(null);
    const { userId, purpose, email, expiresAt } = (await find(fresh))!;
    const twin = { userId, purpose, email, expiresAt, tokenHash: hashOf('twin') };
    expect(await wall(AccountLink.create(twin))).to.equal('unique');
  });

  it('is stored whole, and its token as a hash that no other has', async () => {
    const user = await aUser();
    const token = await issue(user);
    const { tokenHash } = (await AccountLink.findOne())!;
    expect(tokenHash).to.equal(hashOf(token)).and.not.contain(token);
    expect(await wall(change('token_hash', token))).to.equal('check');
    expect(await wall(change('purpose', 'open_sesame'))).to.equal('check');
    expect(await wall(change('email', ''))).to.equal('check');
    expect(await wall(change('id', 'short'))).to.equal('check');
    expect(await wall(change('user', 'aaaaaaaaaaaaaaa'))).to.equal('foreign key');
    await issue(user, 'verify_email');
    expect(await wall(change('token_hash', tokenHash))).to.equal('unique');
  });

  it('goes with its person', async () => {
    const user = await aUser();
    await issue(user);
    await user.destroy();
    expect(await AccountLink.count()).to.equal(0);
  });
});
