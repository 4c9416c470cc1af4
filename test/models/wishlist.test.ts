import { expect } from 'chai';
import { Wishlist } from '../../src/models/index.js';
import { aProduct, aUser } from '../support/factories.js';
import { refusal, sql, wall } from '../support/refusals.js';

const PRICE = { priceMinor: 450, currency: 'USD' } as const;

describe('Wishlist', () => {
  it('is a guest’s or an account’s, and has a plan once', async () => {
    const { id: productId } = await aProduct();
    const { id: userId } = await aUser();
    for (const owner of [
      { userId, guestKey: null },
      { userId: null, guestKey: 'key' },
    ]) {
      await Wishlist.create({ ...owner, productId });
      const another = await Wishlist.create({ ...owner, productId: (await aProduct()).id });
      expect(await refusal(another.update({ productId }))).to.equal('errors.wishlist.twice');
      expect(await refusal(Wishlist.create({ ...owner, productId }))).to.equal('errors.wishlist.twice');
      expect(await wall(Wishlist.bulkCreate([{ ...owner, productId, ...PRICE }]))).to.equal('unique');
    }
    for (const owner of [{ userId: null }, { userId, guestKey: 'key' }]) {
      expect(await refusal(Wishlist.create({ ...owner, productId }))).to.equal('errors.owner');
      expect(await wall(Wishlist.bulkCreate([{ ...owner, productId, ...PRICE }]))).to.equal('check');
    }
  });

  it('remembers what the plan cost, and compares in the same currency only', async () => {
    const plan = await aProduct({ priceMinor: 450 });
    const wish = await Wishlist.create({ userId: null, guestKey: 'key', productId: plan.id });
    expect(wish).to.include({ priceMinor: 450, currency: 'USD' });
    await plan.update({ priceMinor: 400 });
    await wish.update({ guestKey: 'another' });
    await wish.reload({ include: 'product' });
    expect(wish.dearerByMinor()).to.equal(-50);
    await plan.update({ currency: 'EUR' });
    await wish.reload({ include: 'product' });
    expect(wish.dearerByMinor()).to.equal(0);
  });

  it('holds nothing but what it is made for', async () => {
    await Wishlist.create({ userId: (await aUser()).id, productId: (await aProduct()).id });
    const set = (column: string, value: unknown) => wall(sql(`UPDATE wishlists SET ${column} = ?`, value));
    expect(await set('id', 'short')).to.equal('check');
    expect(await set('"user"', 'nobody')).to.equal('foreign key');
    expect(await set('product', 'nothing')).to.equal('foreign key');
    expect(await set('price_minor', 'cheap')).to.equal('type');
    expect(await set('price_minor', -1)).to.equal('check');
    expect(await set('currency', 'GBP')).to.equal('check');
  });
});
