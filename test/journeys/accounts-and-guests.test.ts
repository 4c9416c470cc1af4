import { expect } from 'chai';
import { Order, User, Wishlist } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aCoupon, aProduct } from '../support/factories.js';
import {
  register,
  NEW_ADDRESS,
  aMember,
  aLoggedInMember,
  logIn,
  PASSWORD,
  tokenTo,
} from '../support/members.js';
import { buy, onlyOrder } from '../support/shopping.js';
import { Visitor } from '../support/visitor.js';
import { work } from '../support/work.js';

const theUser = () => User.findOne({ rejectOnEmpty: true });

const cartCount = async (visitor: Visitor) => Number((await visitor.get('/cart')).$('#cart-count').text());

describe('Accounts and guests', () => {
  it('join the guest’s cart: sums up to twenty, with the coupon, under a new session', async () => {
    const [both, mine, brought] = [await aProduct({ stock: 50 }), await aProduct(), await aProduct()];
    const { user, visitor } = await aLoggedInMember();
    await visitor.put(both, 15);
    await visitor.put(mine, 1);

    const guest = new Visitor();
    await guest.put(both, 12);
    await guest.put(brought, 3);
    const { code } = await aCoupon();
    await guest.post('/cart/coupon', { code });
    const before = guest.cookie();
    await logIn(guest, user);
    expect(guest.cookie()).to.not.equal(before);
    expect(await cartCount(guest)).to.equal(20 + 1 + 3);
    expect((await guest.get('/cart')).text).to.contain(code);
    expect(await cartCount(new Visitor())).to.equal(0);
    expect((await new Visitor().get('/cart', { Cookie: before })).$('#cart-count').text()).to.equal('0');
  });

  it('keep aside what is priced in another currency than the cart that is brought', async () => {
    const { user, visitor } = await aLoggedInMember();
    await visitor.put(await aProduct({ currency: 'EUR' }));
    const guest = new Visitor();
    await guest.put(await aProduct(), 2);
    await logIn(guest, user);
    expect(await cartCount(guest)).to.equal(2);
    expect(await Wishlist.count({ where: { userId: user.id } })).to.equal(1);
  });

  it('join the guest’s wishlist, each plan once', async () => {
    const [both, brought] = [await aProduct(), await aProduct()];
    const { user, visitor } = await aLoggedInMember();
    await visitor.post('/wishlist/items', { product_id: both.id });
    const guest = new Visitor();
    for (const { id } of [both, brought]) await guest.post('/wishlist/items', { product_id: id });
    await logIn(guest, user);
    const kept = (await Wishlist.findAll()).map(({ userId, productId }) => [userId, productId]);
    expect(kept).to.have.deep.members([
      [user.id, both.id],
      [user.id, brought.id],
    ]);
  });

  it('know a payment that was begun before the log-in as their own, and empty the cart when it is paid', async () => {
    const user = await aMember();
    const guest = new Visitor();
    await guest.put(await aProduct({ stock: 1 }));
    const session = await guest.startPaying();
    await logIn(guest, user);
    expect((await guest.get('/cart')).text).to.not.contain('Sold out');
    world.stripe.pay(session);
    await work();
    expect(await cartCount(guest)).to.equal(0);
    expect((await onlyOrder()).userId).to.equal(user.id);
    expect((await guest.follow(`/checkout/return?session_id=${session}`)).text).to.contain(
      'Your eSIM is ready',
    );
  });

  it('get the guest orders of an address only once it is proved', async () => {
    const { alice, returnPath } = await buy(await aProduct(), { email: 'Carol@example.com' });
    const carol = new Visitor();
    await register(carol);
    await work();
    expect((await onlyOrder()).userId).to.equal(null);
    await carol.post('/verify-email', { token: await tokenTo(NEW_ADDRESS), password: PASSWORD });
    const { userId, publicId } = await onlyOrder();
    expect(userId).to.equal((await theUser()).id);
    expect((await carol.get(`/orders/${publicId}`)).status).to.equal(200);
    expect((await alice.follow(returnPath)).text).to.contain('Your eSIM is ready');
    expect((await new Visitor().get(`/orders/${publicId}`)).status).to.equal(404);
  });

  it('get the guest orders of a new address when it is confirmed, and later ones at the next log-in', async () => {
    const { user, visitor } = await aLoggedInMember();
    await buy(await aProduct(), { email: NEW_ADDRESS });
    await visitor.post('/account/email', { email: NEW_ADDRESS, password: PASSWORD });
    await visitor.post('/verify-email', { token: await tokenTo(NEW_ADDRESS) });
    expect((await onlyOrder()).userId).to.equal(user.id);

    await buy(await aProduct(), { email: NEW_ADDRESS });
    await logIn(visitor, await user.reload());
    expect(await Order.count({ where: { userId: user.id } })).to.equal(2);
  });

  it('leave a browser that bought as a guest its order after another logs in there', async () => {
    const { alice, returnPath } = await buy(await aProduct());
    await logIn(alice, await aMember());
    expect((await alice.follow(returnPath)).text).to.contain('Your eSIM is ready');
  });
});
