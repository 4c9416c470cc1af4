import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ROOT } from '../../src/lib/root.js';
import { AuditLog, User } from '../../src/models/index.js';
import { aMember, logIn, PASSWORD } from '../support/members.js';
import { Visitor } from '../support/visitor.js';

/** `npm run admin:create -- …`, with the settings of the tests. */
async function createAdmin(args: string[], input = '') {
  const command = ['--import', 'tsx/esm', 'src/operations/create-admin.ts', ...args];
  const child = spawn(process.execPath, command, { cwd: ROOT });
  child.stdin.end(input);
  const [said, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ]);
  return { said, complaint, code };
}

describe('npm run admin:create', function () {
  this.timeout(60_000);

  it('makes an admin, and says the password once', async () => {
    const { said, code } = await createAdmin(['Owner@Example.com']);
    expect(code).to.equal(0);
    const password = /^Password, shown only this once: (\S{24})$/m.exec(said)![1]!;
    const owner = await User.findOne({ where: { email: 'owner@example.com' }, rejectOnEmpty: true });
    expect(owner).to.include({ role: 'admin', verified: true });
    expect((await logIn(new Visitor(), owner, password)).location).to.equal('/admin');
    expect(await AuditLog.findOne({ rejectOnEmpty: true })).to.deep.include({
      actorId: null,
      action: 'create',
      entityId: owner.id,
      after: { role: 'admin', by: 'admin:create' },
    });
  });

  it('takes a password from standard input, and then prints none', async () => {
    const { said, code } = await createAdmin(['owner@example.com', '--password-stdin'], `${PASSWORD}\n`);
    expect(code).to.equal(0);
    expect(said).to.equal('owner@example.com is an admin now.\n');
    const owner = await User.findOne({ rejectOnEmpty: true });
    expect((await logIn(new Visitor(), owner)).location).to.equal('/admin');
  });

  it('refuses an address that has an account, a bad one, a weak password, and what it cannot read', async () => {
    const customer = await aMember({ email: 'alice@example.com' });
    const taken = await createAdmin(['alice@example.com']);
    expect(taken.code).to.equal(1);
    expect(taken.complaint).to.contain('Nothing was changed.');
    expect(taken.said).to.equal('');
    expect((await customer.reload()).role).to.equal('customer');
    expect((await createAdmin(['nobody'])).code).to.equal(1);
    const weak = await createAdmin(['owner@example.com', '--password-stdin'], 'password\n');
    expect(weak.code).to.equal(1);
    expect((await createAdmin([])).complaint).to.contain('Usage:');
    expect((await createAdmin(['a@example.com', '--force'])).code).to.equal(2);
    expect(await User.count()).to.equal(1);
    expect(await AuditLog.count()).to.equal(0);
  });
});
