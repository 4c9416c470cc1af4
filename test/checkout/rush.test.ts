import { expect } from 'chai';
import { Cart } from '../../src/cart/cart.js';
import { placePurchase } from '../../src/checkout/place-purchase.js';
import { newToken } from '../../src/lib/ids.js';
import { Coupon, Order, Product, Purchase } from '../../src/models/index.js';
import { expirePurchase } from '../../src/payments/apply.js';
import { aCoupon, aProduct } from '../support/factories.js';
import { Visitor } from '../support/visitor.js';

async function place(plan: Product, number: number, couponCode?: string) {
  const cart = new Cart({ guestKey: newToken() });
  await cart.add(plan, 1);
  const email = `buyer${number}@example.com`;
  const buyer = { email, name: null, phone: null, language: 'en', ipAddress: null, userAgent: null };
  return placePurchase(newToken(), cart, { ...buyer, paymentMethod: 'card', couponCode });
}

const everybody = <T>(count: number, act: (number: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: count }, (_, number) => act(number)));

const succeeded = (results: PromiseSettledResult<unknown>[]) =>
  results.filter(({ status }) => status === 'fulfilled').length;

describe('A rush', () => {
  it('of thirty buyers on ten units sells ten', async () => {
    const plan = await aProduct({ stock: 10 });
    expect(succeeded(await everybody(30, (number) => place(plan, number)))).to.equal(10);
    expect((await plan.reload()).stock).to.equal(0);
    expect(await Order.count()).to.equal(10);
  });

  it('of twenty buyers on a coupon of seven gives it to seven', async () => {
    const plan = await aProduct({ stock: 50 });
    const { code } = await aCoupon({ usageLimit: 7 });
    expect(succeeded(await everybody(20, (number) => place(plan, number, code)))).to.equal(7);
    expect((await Coupon.findOne())!.usageCount).to.equal(7);
    expect((await plan.reload()).stock).to.equal(43);
  });

  it('of buyers who come and buyers whose time is up leaves the books right', async () => {
    const plan = await aProduct({ stock: 50 });
    const { code } = await aCoupon();
    await everybody(10, (number) => place(plan, number, code));
    const open = await Purchase.findAll();
    const both = await Promise.all([
      everybody(10, (number) => place(plan, 100 + number, code)),
      everybody(10, (number) => expirePurchase(open[number]!.id, 'time is up')),
    ]);
    expect(both.map(succeeded)).to.deep.equal([10, 10]);
    expect((await plan.reload()).stock).to.equal(40);
    expect((await Coupon.findOne())!.usageCount).to.equal(10);
  });

  it('of clicks on "Add to cart" counts every click', async () => {
    const plan = await aProduct();
    const alice = new Visitor();
    await alice.put(plan);
    const answers = await Promise.all([alice.put(plan), alice.put(plan), alice.put(plan)]);
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303]);
    expect((await alice.get('/cart')).$('#cart-count').text().trim()).to.equal('4');
  });
});
