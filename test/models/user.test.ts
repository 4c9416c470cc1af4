import { expect } from 'chai';
import { Customer, Purchase, User, Wishlist } from '../../src/models/index.js';
import { aProduct, aPurchase, aUser } from '../support/factories.js';
import { refusal, sql, wall } from '../support/refusals.js';

const aCustomer = (email: string, userId: string | null = null) => Customer.create({ email, userId });

describe('User and customer', () => {
  for (const [what, make, table] of [
    ['user', (email: string) => aUser({ email }), 'users'],
    ['customer', aCustomer, 'customers'],
  ] as const) {
    it(`${what}: one per e-mail address, however it is written`, async () => {
      expect((await make('  Alice@Example.COM ')).email).to.equal('alice@example.com');
      expect(await wall(make('ALICE@example.com'))).to.equal('unique');
      for (const email of ['Alice@example.com', ' alice@example.com', 'alice', '@example.com'])
        expect(await wall(sql(`UPDATE ${table} SET email = ?`, email)), email).to.equal('check');
    });

    it(`${what}: needs an address that mail can reach`, async () => {
      for (const email of ['alice', 'alice@', 'a,b@example.com', `${'a'.repeat(250)}@example.com`])
        expect(await refusal(make(email)), email).to.equal('errors.email');
    });
  }

  it('has one of three roles, and none is staff by default', async () => {
    const user = await aUser();
    expect(user.isStaff()).to.equal(false);
    expect((await aUser({ role: 'support' })).isStaff()).to.equal(true);
    expect(await wall(user.update({ role: 'owner' as never }))).to.equal('check');
    expect(await wall(User.update({ role: 'owner' as never }, { where: {} }))).to.equal('check');
    await User.update({ name: 'Alice' }, { where: {} });
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

  it('keeps a plan on the wishlist once', async () => {
    const wish = { userId: (await aUser()).id, productId: (await aProduct()).id };
    await Wishlist.create(wish);
    expect(await wall(Wishlist.create(wish))).to.equal('unique');
  });
});
