import { expect } from 'chai';
import type { Model, ModelStatic } from 'sequelize';
import { Customer, Purchase, Session, User, Wishlist } from '../../src/models/index.js';
import { aProduct, aPurchase, aUser } from '../support/factories.js';
import { refusal, sql, wall } from '../support/refusals.js';

const aCustomer = (email: string, userId: string | null = null) => Customer.create({ email, userId });

type Somebody = Model & { email: string };

describe('User and customer', () => {
  for (const [what, make, table] of [
    ['user', (email: string) => aUser({ email }), 'users'],
    ['customer', aCustomer, 'customers'],
  ] as const) {
    it(`${what}: one per e-mail address, however it is written`, async () => {
      const alice: Somebody = await make('  Alice@Example.COM ');
      expect(alice.email).to.equal('alice@example.com');
      expect(await refusal(make('ALICE@example.com'))).to.equal('errors.emailTaken');
      const bob: Somebody = await make('bob@example.com');
      expect(await refusal(bob.update({ email: 'Alice@example.com' }))).to.equal('errors.emailTaken');
      const model = alice.constructor as ModelStatic<Model>;
      expect(await wall(model.bulkCreate([{ email: alice.email }]))).to.equal('unique');
      for (const email of ['Alice@example.com', ' alice@example.com'])
        expect(await wall(sql(`UPDATE ${table} SET email = ?`, email)), email).to.equal('check');
      await alice.update({ email: ' ALICE@example.com' });
      await alice.update({ name: 'Alice' });
    });
  }

  it('has one of three roles, and none is staff by default', async () => {
    const user = await aUser();
    expect(user.isStaff()).to.equal(false);
    expect((await aUser({ role: 'support' })).isStaff()).to.equal(true);
    // A bulk update says why, too.
    expect(await refusal(User.update({ role: 'owner' as never }, { where: {} }))).to.equal('errors.oneOf');
    expect(await wall(sql(`UPDATE users SET role = 'owner'`))).to.equal('check');
    await User.update({ name: ' Alice ' }, { where: {} });
    expect((await user.reload()).name).to.equal('Alice');
  });

  it('leaves purchase and customer behind when deleted, and takes the wishlist along', async () => {
    const user = await aUser();
    const purchase = await aPurchase({ userId: user.id });
    const customer = await aCustomer(user.email, user.id);
    await Wishlist.create({ userId: user.id, productId: (await aProduct()).id });
    await user.destroy();
    expect((await Purchase.findByPk(purchase.id))!.userId).to.equal(null);
    expect((await customer.reload()).userId).to.equal(null);
    expect(await Wishlist.count()).to.equal(0);
  });

  it('holds nothing of a person once it is closed', async () => {
    const user = await aUser({ name: 'Alice', passwordHash: 'hash' });
    expect(await refusal(user.update({ closedAt: new Date() }))).to.equal('errors.closedAccount');
    await user.reload();
    const empty = { email: `${user.id}@closed.invalid`, name: null, passwordHash: null, verified: false };
    await user.update({ ...empty, closedAt: new Date() });
    const again = { email: 'alice@example.com', name: 'Alice', password_hash: 'hash', verified: true };
    for (const [column, value] of Object.entries(again))
      expect(await wall(sql(`UPDATE users SET ${column} = ?`, value)), column).to.match(/holds nothing/);
  });

  it('takes its sessions along, and nobody else’s', async () => {
    const [user, other] = [await aUser(), await aUser()];
    const aSession = (sid: string, userId: string | null) =>
      Session.create({ sid, userId, data: '{}', expiresAt: Date.now() + 1000 });
    for (const [sid, userId] of [
      ['a', user.id],
      ['b', other.id],
      ['c', null],
    ] as const)
      await aSession(sid, userId);
    await user.destroy();
    expect((await Session.findAll()).map(({ sid }) => sid).toSorted()).to.deep.equal(['b', 'c']);
    expect(await wall(aSession('d', 'aaaaaaaaaaaaaaa'))).to.equal('foreign key');
  });
});
