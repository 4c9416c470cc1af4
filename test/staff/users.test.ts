import { expect } from 'chai';
import { AccountLink, AuditLog, Session, User } from '../../src/models/index.js';
import { aUser } from '../support/factories.js';
import { world } from '../support/environment.js';
import {
  aLoggedInColleague,
  aLoggedInMember,
  aMember,
  confirm,
  expectRefusal,
  isLoggedIn,
  linkTo,
  logIn,
  mailTo,
  PASSWORD,
  tokenIn,
} from '../support/members.js';
import { setUpTwoStep } from '../support/two-step.js';
import { Visitor } from '../support/visitor.js';
import { work } from '../support/work.js';

async function anAdmin() {
  const admin = await aLoggedInColleague();
  await confirm(admin.visitor);
  return admin;
}

const roleOf = async ({ id }: User) => (await User.findByPk(id, { rejectOnEmpty: true })).role;

const give = (visitor: Visitor, { id }: User, role: string) =>
  visitor.post(`/admin/users/${id}/role`, { role });

describe('Staff', () => {
  it('is listed with roles and second steps, and any account is found by how its address begins', async () => {
    const { user, visitor } = await anAdmin();
    await setUpTwoStep(visitor);
    const support = await aMember({ role: 'support', name: 'Sam' });
    const customer = await aMember({ email: 'zoe@example.com' });
    const list = await visitor.get('/admin/users');
    const rows = list
      .$('tbody tr')
      .toArray()
      .map((row) => list.$(row).text().replace(/\s+/g, ' ').trim());
    expect(rows).to.have.length(2);
    expect(rows.find((row) => row.startsWith(support.email))).to.match(/Sam support off open/);
    expect(rows.find((row) => row.startsWith(user.email))).to.match(/you admin on open/);
    expect(list.text).to.not.contain(customer.email);

    expect((await visitor.get('/admin/users?q=ZOE@')).text).to.contain('zoe@example.com');
    expect((await visitor.get('/admin/users?q=zo_')).text).to.contain('No account begins so.');
    expect((await visitor.get("/admin/users?q='--")).status).to.equal(200);
    for (const odd of [
      'q[]=a',
      'q=%F0%9F%98%80',
      `q=${'x'.repeat(300)}`,
      'after=x',
      'after=1-aaaaaaaaaaaaaaa',
    ])
      expect((await visitor.get(`/admin/users?${odd}`)).status, odd).to.equal(200);
  });

  it('goes on from page to page', async () => {
    const { visitor } = await anAdmin();
    for (let number = 1; number <= 51; number += 1) await aUser({ role: 'support' });
    const first = await visitor.get('/admin/users');
    expect(first.$('tbody tr')).to.have.length(50);
    const second = await visitor.get(first.$('a[rel=next]').attr('href')!);
    expect(second.$('tbody tr')).to.have.length(2);
    expect(second.$('a[rel=next]')).to.have.length(0);
  });

  it('gets a role by an admin who has confirmed it; the sessions end and the books say so', async () => {
    const { user: admin, visitor } = await anAdmin();
    const { user, visitor: colleague } = await aLoggedInMember();
    const page = await visitor.get(`/admin/users/${user.id}/role`);
    expect(page.$('input[name=role]:checked').val()).to.equal('customer');
    expect((await give(visitor, user, 'support')).location).to.equal(`/admin/users/${user.id}`);
    expect(await roleOf(user)).to.equal('support');
    expect(await isLoggedIn(colleague)).to.equal(false);
    const entry = await AuditLog.findOne({ where: { action: 'change_role' }, rejectOnEmpty: true });
    expect(entry).to.deep.include({
      actorId: admin.id,
      entity: 'users',
      entityId: user.id,
      before: { role: 'customer' },
      after: { role: 'support' },
    });
    await give(visitor, user, 'support');
    expect(await AuditLog.count({ where: { action: 'change_role' } })).to.equal(1);
  });

  it('loses the second step with the role', async () => {
    const { visitor } = await anAdmin();
    const { user, visitor: colleague } = await aLoggedInColleague({ role: 'support' });
    await setUpTwoStep(colleague);
    await give(visitor, user, 'customer');
    expect(await user.reload()).to.include({ role: 'customer', twoStepSecret: null, twoStepUsed: null });
    expect((await logIn(new Visitor(), user)).location).to.equal('/account');
  });

  it('has no role changed without a confirmation, by support, to nothing that is a role, or of nobody', async () => {
    const user = await aMember();
    const fresh = await aLoggedInColleague();
    expect((await give(fresh.visitor, user, 'admin')).location).to.match(/^\/admin\/confirm.*stopped=1$/);
    expect(await AuditLog.count({ where: { action: 'refused' } })).to.equal(1);
    const support = await aLoggedInColleague({ role: 'support' });
    await confirm(support.visitor);
    expectRefusal(await give(support.visitor, user, 'admin'), 403, 'Only an admin may do this.');
    expect((await support.visitor.get(`/admin/users/${user.id}`)).$('a[href$="/role"]')).to.have.length(0);
    await confirm(fresh.visitor);
    for (const role of ['owner', '', 'ADMIN'])
      expectRefusal(await give(fresh.visitor, user, role), 422, 'Please choose one');
    expect(
      (await fresh.visitor.post('/admin/users/nobodysaccount0/role', { role: 'admin' })).status,
    ).to.equal(404);
    expect(await roleOf(user)).to.equal('customer');
  });

  it('changes nobody’s own role, none of a closed account, and none of an address that is not proved', async () => {
    const { user, visitor } = await anAdmin();
    expectRefusal(await give(visitor, user, 'support'), 422, 'Nobody changes their own role');
    const stranger = await aMember({ verified: false });
    expectRefusal(await give(visitor, stranger, 'admin'), 422, 'has not confirmed the address');
    const gone = await aMember();
    await gone.close();
    expectRefusal(await give(visitor, gone, 'admin'), 422, 'This account is closed.');
    for (const account of [stranger, gone]) expect(await roleOf(account)).to.equal('customer');
    expect(await AuditLog.count({ where: { action: 'refused' } })).to.equal(3);
  });

  it('keeps an admin when the last two take each other’s role at once', async () => {
    const [one, other] = [await anAdmin(), await anAdmin()];
    const answers = await Promise.all([
      give(one.visitor, other.user, 'support'),
      give(other.visitor, one.user, 'customer'),
    ]);
    expect(answers.filter(({ location }) => location?.startsWith('/admin/users/'))).to.have.length(1);
    expect(await User.count({ where: { role: 'admin' } })).to.equal(1);
    expect(await AuditLog.count({ where: { action: 'change_role' } })).to.equal(1);
  });

  it('is invited by a mail with a link to set a password, and only once per address', async () => {
    const { user: admin, visitor } = await anAdmin();
    const form = { email: ' Bob@Example.com', role: 'support' };
    expect((await visitor.post('/admin/users/invitation', form)).location).to.equal('/admin/users');
    const bob = await User.findOne({ where: { email: 'bob@example.com' }, rejectOnEmpty: true });
    expect(bob).to.include({ role: 'support', passwordHash: null });
    expect((await visitor.get('/admin/users')).text).to.contain('invited, no password yet');
    expect(await AuditLog.findOne({ where: { action: 'invite' } })).to.deep.include({
      actorId: admin.id,
      entityId: bob.id,
      after: { role: 'support' },
    });
    expect((await mailTo('bob@example.com')).subject).to.contain('back office');
    const token = tokenIn(await linkTo('bob@example.com'));
    const guest = new Visitor();
    const set = await guest.post('/password-reset/new', { token, password: PASSWORD });
    expect(set.location).to.equal('/login?done=reset');
    expect((await logIn(guest, bob)).location).to.equal('/admin');

    expectRefusal(await visitor.post('/admin/users/invitation', form), 422, 'There is an account');
    const again = await Promise.all(
      [1, 2].map(() => visitor.post('/admin/users/invitation', { ...form, email: 'eve@example.com' })),
    );
    expect(again.map(({ status }) => status).toSorted((a, b) => a - b)).to.deep.equal([303, 422]);
    for (const wrong of [
      { email: 'bob', role: 'support' },
      { email: 'a@example.com', role: 'customer' },
    ])
      expect((await visitor.post('/admin/users/invitation', wrong)).status).to.equal(422);
    expect(await User.count()).to.equal(3);
  });

  it('takes nothing over from a stranger who registered with the address of the invited', async () => {
    const { visitor } = await anAdmin();
    await aMember({ email: 'bob@example.com', verified: false, name: 'Mallory' });
    await visitor.post('/admin/users/invitation', { email: 'bob@example.com', role: 'admin' });
    const bob = await User.findOne({ where: { email: 'bob@example.com' }, rejectOnEmpty: true });
    expect(bob).to.include({ name: null, passwordHash: null, role: 'admin' });
    expect((await logIn(new Visitor(), bob)).status).to.equal(422);
  });

  it('is invited again while there is no password', async () => {
    const { visitor } = await anAdmin();
    await visitor.post('/admin/users/invitation', { email: 'bob@example.com', role: 'support' });
    await work();
    const bob = await User.findOne({ where: { email: 'bob@example.com' }, rejectOnEmpty: true });
    await visitor.post(`/admin/users/${bob.id}/invitation`, {});
    await work();
    expect(world.mailbox.mails()).to.have.length(2);
    expect(await AccountLink.count({ where: { userId: bob.id, endedAt: null } })).to.equal(1);
    const known = await aMember({ role: 'support' });
    expect((await visitor.post(`/admin/users/${known.id}/invitation`, {})).status).to.equal(404);
  });

  it('is logged out everywhere by an admin', async () => {
    const { visitor } = await anAdmin();
    const { user, visitor: colleague } = await aLoggedInColleague({ role: 'support' });
    expect((await visitor.get(`/admin/users/${user.id}`)).text).to.contain('in one browser');
    await visitor.post(`/admin/users/${user.id}/sessions/end`, {});
    expect((await colleague.get('/admin/orders')).location).to.match(/^\/login/);
    expect(await Session.count({ where: { userId: user.id } })).to.equal(0);
    expect(await AuditLog.findOne({ where: { action: 'end_sessions' } })).to.deep.include({
      entityId: user.id,
      before: { sessions: 1 },
      after: { sessions: 0 },
    });
  });

  it('has the second step of a colleague reset, and nobody their own', async () => {
    const { user, visitor } = await anAdmin();
    const { user: colleague, visitor: theirs } = await aLoggedInColleague({ role: 'support' });
    const path = `/admin/users/${colleague.id}/two-step`;
    expectRefusal(await visitor.post(path, {}), 422, 'This account has no second step.');
    await setUpTwoStep(theirs);
    expect((await visitor.get(path)).text).to.contain('Make sure that it is really them');
    expect((await visitor.post(path, {})).location).to.equal(`/admin/users/${colleague.id}`);
    expect((await theirs.get('/admin/orders')).location).to.match(/^\/login/);
    expect((await logIn(new Visitor(), colleague)).location).to.equal('/admin');
    expect(await AuditLog.findOne({ where: { action: 'reset_two_step' } })).to.deep.include({
      actorId: user.id,
      before: { twoStep: true },
      after: { twoStep: false },
    });
    expectRefusal(await visitor.post(`/admin/users/${user.id}/two-step`, {}), 422, 'on its own page');
  });

  it('tells the owner’s addresses when access changes', async () => {
    const { user: admin, visitor } = await anAdmin();
    const settings = { shop_name: 'Wander', return_days: '14', alert_emails: 'boss@example.com' };
    const seen = String((await visitor.get('/admin/settings')).$('input[name=seen]').val());
    await visitor.post('/admin/settings', { ...settings, seen });
    const user = await aMember();
    await give(visitor, user, 'admin');
    const mail = await mailTo('boss@example.com');
    expect(mail.subject).to.equal('Access to the back office of Wander changed');
    expect(mail.text).to.contain(`${admin.email} gave ${user.email} the role admin`);
  });
});
