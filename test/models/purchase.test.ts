import { expect } from 'chai';
import { attachGuestOrders } from '../../src/accounts/guest-orders.js';
import { newId } from '../../src/lib/ids.js';
import { CartItem, Purchase } from '../../src/models/index.js';
import { aCoupon, aProduct, aPurchase, aUser } from '../support/factories.js';
import { refusal, sql, wall } from '../support/refusals.js';

const write = (purchase: Purchase, column: string, value: unknown) =>
  sql(`UPDATE purchases SET ${column} = ? WHERE id = ?`, value, purchase.id);

describe('Purchase', () => {
  it('moves on and never back', async () => {
    const purchase = await aPurchase();
    const steps = ['review', 'expired', 'paid'] as const;
    const forbidden = { review: ['open'], expired: ['open'], paid: ['open', 'expired', 'review'] } as const;
    for (const state of steps) {
      await purchase.update({ state, paidAt: Date.now() });
      for (const back of forbidden[state]) {
        expect(await refusal(purchase.update({ state: back }))).to.equal('errors.illegalMove');
        expect(await wall(write(purchase, 'state', back))).to.equal('a purchase’s state only moves forward');
        await purchase.reload();
      }
    }
  });

  it('is paid at a time', async () => {
    const purchase = await aPurchase();
    expect(await refusal(purchase.update({ state: 'paid' }))).to.equal('errors.paidAt');
    expect(await refusal(aPurchase({ state: 'paid' }))).to.equal('errors.paidAt');
    expect(await wall(write(purchase, 'state', 'paid'))).to.equal('check');
  });

  it('keeps the total that it was placed with', async () => {
    const purchase = await aPurchase();
    for (const [field, column, value] of [
      ['formKey', 'form_key', 'another-key-of-a-form'],
      ['subtotalMinor', 'subtotal_minor', 451],
      ['discountMinor', 'discount_minor', 1],
      ['totalMinor', 'total_minor', 449],
      ['currency', 'currency', 'EUR'],
      ['couponId', 'coupon', (await aCoupon()).id],
    ]) {
      expect(await refusal(purchase.update({ [field!]: value })), String(field)).to.equal('errors.frozen');
      const said = await wall(write(purchase, String(column), value));
      expect(said).to.match(/the total of a purchase stays|check/);
      await purchase.reload();
    }
  });

  it('adds up, none of its sums below zero', async () => {
    const purchase = await aPurchase();
    for (const [subtotalMinor, discountMinor, totalMinor, key] of [
      [450, 50, 450, 'errors.sum'],
      [450, 500, -50, 'errors.amount'],
      [450, -50, 500, 'errors.amount'],
      [-450, 0, -450, 'errors.amount'],
    ] as const) {
      const sums = { subtotalMinor, discountMinor, totalMinor };
      expect(await refusal(aPurchase(sums)), JSON.stringify(sums)).to.equal(key);
      const copy = { ...purchase.get(), id: newId(), formKey: newId().repeat(2), ...sums };
      expect(await wall(Purchase.bulkCreate([copy])), JSON.stringify(sums)).to.equal('check');
    }
  });

  it('is placed once per form, and paid by one session and one payment', async () => {
    const { formKey } = await aPurchase({ stripeSessionId: 'cs_1', paymentIntent: 'pi_1' });
    expect(await wall(aPurchase({ formKey }))).to.equal('unique');
    expect(await wall(aPurchase({ stripeSessionId: 'cs_1' }))).to.equal('unique');
    expect(await wall(aPurchase({ paymentIntent: 'pi_1' }))).to.equal('unique');
    await aPurchase();
    await aPurchase();
  });

  it('needs an e-mail address and a way to pay that exists', async () => {
    expect(await refusal(aPurchase({ email: 'a'.repeat(20) }))).to.equal('errors.email');
    expect(await refusal(aPurchase({ paymentMethod: 'gold' as never }))).to.equal('errors.paymentMethod');
    expect((await aPurchase({ phone: '+82 10-1234-5678' })).phone).to.equal('+821012345678');
  });

  it('is given only to an account whose address is proved', async () => {
    const purchase = await aPurchase();
    const user = await aUser({ email: purchase.canonicalEmail, verified: false });
    const give = () => write(purchase, '"user"', user.id);
    expect(await wall(give())).to.equal('a purchase is given only to an account whose address is proved');
    expect(await refusal(attachGuestOrders(user))).to.equal('errors.notProved');
    await attachGuestOrders(await user.update({ verified: true }));
    expect((await purchase.reload()).userId).to.equal(user.id);
  });
});

describe('A line of a cart', () => {
  it('holds 1 to 20 of a plan', async () => {
    const product = await aProduct({ stock: 100 });
    const line = { userId: null, guestKey: 'a-guest', productId: product.id };
    for (const quantity of [0, -1, 21, 1.5, Number.NaN])
      expect(await refusal(CartItem.create({ ...line, quantity }))).to.equal('errors.quantity');
    const item = await CartItem.create({ ...line, quantity: 20 });
    for (const quantity of [0, 21])
      expect(await wall(sql('UPDATE cart_items SET quantity = ? WHERE id = ?', quantity, item.id))).to.equal(
        'check',
      );
    expect(await wall(CartItem.increment('quantity', { where: { id: item.id } }))).to.equal('check');
  });

  it('belongs to a guest or to an account, and there is one per plan', async () => {
    const { id: productId } = await aProduct();
    const { id: userId } = await aUser();
    for (const owner of [
      { userId, guestKey: null },
      { userId: null, guestKey: 'a-guest' },
    ]) {
      await CartItem.create({ ...owner, productId, quantity: 1 });
      expect(await wall(CartItem.create({ ...owner, productId, quantity: 1 }))).to.equal('unique');
    }
    for (const owner of [
      { userId, guestKey: 'b-guest' },
      { userId: null, guestKey: null },
    ]) {
      const line = { ...owner, productId, quantity: 1 };
      expect(await refusal(CartItem.create(line))).to.equal('errors.owner');
      expect(await wall(CartItem.bulkCreate([line]))).to.equal('check');
    }
  });
});
