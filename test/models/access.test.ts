import { expect } from 'chai';
import { RecoveryCode, ShopSettings, User } from '../../src/models/index.js';
import { aProduct, anOrder, aUser } from '../support/factories.js';
import { refusal, sql, wall } from '../support/refusals.js';

const anAdmin = (values: object = {}) => aUser({ role: 'admin', passwordHash: 'hash', ...values });

describe('Who comes into the back office', () => {
  it('has one admin who can log in, whatever is done to the others', async () => {
    const last = await anAdmin();
    // None of these could let anybody in.
    await aUser({ role: 'admin' });
    await anAdmin({ verified: false });
    await aUser({ role: 'support', passwordHash: 'hash' });
    expect(await refusal(last.update({ role: 'support' }))).to.equal('errors.staff.lastAdmin');
    await last.reload();
    expect(await refusal(last.close())).to.equal('errors.staff.lastAdmin');
    await last.reload();
    expect(await refusal(last.destroy())).to.equal('errors.staff.lastAdmin');
    for (const statement of [
      `UPDATE users SET role = 'customer' WHERE id = ?`,
      `UPDATE users SET closed_at = '2026-11-28 10:00:00.000 +00:00', name = NULL, password_hash = NULL,
         verified = FALSE, email = 'x@closed.invalid' WHERE id = ?`,
      'DELETE FROM users WHERE id = ?',
    ])
      expect(await wall(sql(statement, last.id)), statement).to.equal('one admin stays');
    expect(await wall(sql(`UPDATE users SET role = 'support'`))).to.equal('one admin stays');

    const other = await anAdmin();
    await last.update({ role: 'support' });
    expect(await refusal(other.destroy())).to.equal('errors.staff.lastAdmin');
    await other.update({ name: 'Still here' });
  });

  it('has an admin left when two go at once, by statements that pass by the hooks', async () => {
    for (const [first, second] of [
      [`UPDATE users SET role = 'support' WHERE id = ?`, `UPDATE users SET role = 'customer' WHERE id = ?`],
      ['DELETE FROM users WHERE id = ?', `UPDATE users SET role = 'customer' WHERE id = ?`],
    ] as const) {
      const [one, two] = [await anAdmin(), await anAdmin()];
      await sql(
        `UPDATE users SET role = 'customer' WHERE role = 'admin' AND id NOT IN (?, ?)`,
        one.id,
        two.id,
      );
      const gone = await Promise.allSettled([sql(first, one.id), sql(second, two.id)]);
      expect(gone.filter(({ status }) => status === 'rejected')).to.have.length(1);
      expect(await User.count({ where: { role: 'admin' } })).to.equal(1);
    }
  });

  it('uses no code of a moment that is over, but with a new secret', async () => {
    const user = await aUser({ role: 'support', twoStepSecret: 'one', twoStepUsed: 100 });
    expect(await refusal(user.update({ twoStepUsed: 99 }))).to.equal('errors.twoStep.used');
    expect(await wall(sql('UPDATE users SET two_step_used = 99'))).to.match(/used no more/);
    await user.reload();
    await user.update({ twoStepUsed: 101 });
    await user.update({ twoStepSecret: 'two', twoStepUsed: 7 });
    await user.update({ twoStepSecret: null, twoStepUsed: null });
  });

  it('keeps no second step in a closed account', async () => {
    const user = await aUser({ role: 'support', twoStepSecret: 'one', twoStepUsed: 1 });
    await user.close();
    expect(user.hasTwoStep()).to.equal(false);
    const again = user.update({ twoStepSecret: 'one', twoStepUsed: 1 });
    expect(await refusal(again)).to.equal('errors.closedAccount');
    expect(await wall(sql(`UPDATE users SET two_step_secret = 'one', two_step_used = 1`))).to.match(
      /holds nothing/,
    );
  });

  it('uses a recovery code once, and only of its own', async () => {
    const [user, other] = [await aUser({ role: 'support' }), await aUser({ role: 'support' })];
    await RecoveryCode.replace(user.id, ['abcd', 'efgh']);
    expect(await RecoveryCode.use(other.id, 'abcd')).to.equal(false);
    const both = await Promise.all([RecoveryCode.use(user.id, 'abcd'), RecoveryCode.use(user.id, 'abcd')]);
    expect(both.toSorted()).to.deep.equal([false, true]);
    expect(await RecoveryCode.left(user.id)).to.equal(1);
    expect(await wall(sql('UPDATE recovery_codes SET used_at = NULL WHERE used_at IS NOT NULL'))).to.match(
      /stays so/,
    );
    const twin = RecoveryCode.findOne({ where: { usedAt: null }, rejectOnEmpty: true }).then(({ codeHash }) =>
      RecoveryCode.create({ userId: user.id, codeHash }),
    );
    expect(await wall(twin)).to.equal('unique');
    await user.destroy();
    expect(await RecoveryCode.count()).to.equal(0);
  });

  it('has one row of settings', async () => {
    await ShopSettings.create({});
    expect(await refusal(ShopSettings.create({ id: 'anothersettings' }))).to.equal('errors.oneOf');
    expect(await wall(sql(`INSERT INTO shop_settings (id) VALUES ('anothersettings')`))).to.equal('check');
    expect(await wall(sql(`INSERT INTO shop_settings (id) VALUES ('theshopsettings')`))).to.equal('unique');
  });

  it('changes of no order for how long its eSIM can be given back', async () => {
    const order = await anOrder(await aProduct(), { returnDays: 30 });
    expect(await refusal(order.update({ returnDays: 14 }))).to.equal('errors.frozen');
    expect(await wall(sql('UPDATE orders SET return_days = 60'))).to.match(/stays as it was sold/);
  });
});
