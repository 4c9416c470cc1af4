import { expect } from 'chai';
import { CartItem, Order, Purchase } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { Visitor, type Page } from '../support/visitor.js';

function expectRefusal(page: Page, sentence: RegExp | string) {
  expect(page.status).to.be.within(400, 499);
  expect(page.text).to.match(new RegExp(sentence));
  expect(page.html).to.not.match(/node_modules|\bat .+\.(ts|js):\d+/);
}

async function nothingWritten() {
  expect(await Purchase.count()).to.equal(0);
  expect(await Order.count()).to.equal(0);
  expect(world.stripe.ledger().sessions).to.have.length(0);
}

describe('Bad input', () => {
  it('an unknown product cannot be put into the cart', async () => {
    for (const product_id of ['nosuchproduct00', '', "' OR 1=1 --", '\0', 'x'.repeat(20_000)]) {
      expectRefusal(
        await new Visitor().post('/cart/items', { product_id, quantity: '1' }),
        /nothing at this address|could not read/,
      );
    }
    expect(await CartItem.count()).to.equal(0);
  });

  for (const quantity of ['0', '-1', '21', 'abc', '1.5', '', '1e1', ' ', '9'.repeat(400)]) {
    it(`a quantity of "${quantity.slice(0, 12)}" is refused`, async () => {
      const plan = await aProduct();
      const answer = await new Visitor().post('/cart/items', { product_id: plan.id, quantity });
      expectRefusal(answer, 'quantity from 1 to 20');
      expect(await CartItem.count()).to.equal(0);
    });
  }

  it('a list as quantity or product is refused', async () => {
    const plan = await aProduct();
    const twice = new URLSearchParams(`product_id=${plan.id}&quantity=1&quantity=2`);
    expectRefusal(await new Visitor().post('/cart/items', twice), 'quantity from 1 to 20');
    const products = new URLSearchParams(`product_id=${plan.id}&product_id=${plan.id}`);
    expectRefusal(await new Visitor().post('/cart/items', products), 'could not read');
    expect(await CartItem.count()).to.equal(0);
  });

  it('a sold-out product cannot be added, and one that sold out in the cart cannot be bought', async () => {
    const gone = await aProduct({ stock: 0 });
    expectRefusal(await new Visitor().put(gone), 'sold out');

    const plan = await aProduct({ stock: 1 });
    const alice = new Visitor();
    await alice.put(plan);
    await plan.update({ stock: 0 });
    expectRefusal(await alice.checkOut(), 'sold out');
    await nothingWritten();
  });

  it('more than there is cannot be bought', async () => {
    const plan = await aProduct({ stock: 3 });
    const alice = new Visitor();
    expectRefusal(await alice.put(plan, 4), 'Only 3 of');
    await alice.put(plan, 3);
    await plan.update({ stock: 2 });
    expectRefusal(await alice.checkOut(), 'Only 2 of');
    await nothingWritten();
  });

  for (const email of [
    'alice',
    'alice@',
    '@example.com',
    'a,b@example.com',
    'a b@example.com',
    'a@b..c',
    'alice@tempmail.com',
    `${'a'.repeat(10_000)}@example.com`,
  ]) {
    it(`the e-mail "${email.slice(0, 24)}" is refused beside its field`, async () => {
      const alice = new Visitor();
      await alice.put(await aProduct());
      const page = await alice.checkOut({ email });
      expect(page.status).to.equal(422);
      expect(page.$('#email').attr('aria-invalid')).to.equal('true');
      expect(page.$('#name').val()).to.equal('Alice');
      await nothingWritten();
    });
  }

  it('a form of 100 KB is refused at once', async () => {
    const alice = new Visitor();
    await alice.put(await aProduct());
    const began = performance.now();
    expectRefusal(await alice.checkOut({ email: `${'a@'.repeat(50_000)}b.co` }), 'more than we can take');
    expect(performance.now() - began).to.be.lessThan(1000);
    await nothingWritten();
  });

  it('a form from another site is not carried out', async () => {
    const plan = await aProduct();
    for (const headers of [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'none' },
    ]) {
      expectRefusal(
        await new Visitor().post('/cart/items', { product_id: plan.id }, headers),
        'another site',
      );
    }
    const nowhere = await new Visitor().request('/cart/items', {
      method: 'POST',
      body: new URLSearchParams({ product_id: plan.id }),
    });
    expectRefusal(nowhere, 'another site');
    expect(await CartItem.count()).to.equal(0);
  });

  it('a forged or reused form key buys nothing twice and shows nothing of others', async () => {
    const alice = new Visitor();
    await alice.put(await aProduct());
    expectRefusal(await alice.checkOut({ form_key: 'short' }), 'out of date');
    await alice.startPaying({ form_key: 'k'.repeat(43) });

    const mallory = new Visitor();
    await mallory.put(await aProduct());
    expectRefusal(await mallory.checkOut({ form_key: 'k'.repeat(43) }), 'out of date');
    expect(await Purchase.count()).to.equal(1);
  });

  it('addresses that name nothing get a page, whatever they hold', async () => {
    for (const path of [
      '/nope',
      '/products/nope',
      '/orders/1',
      '/orders/%00',
      '/checkout/return',
      '/checkout/return?session_id=cs_x',
      '/checkout/return?session_id[]=1',
      '/%E0%A4%A',
      '/products?country=ZZ&sort[]=x',
      '/destinations/zz',
    ]) {
      const page = await new Visitor().get(path);
      expect(page.status, path).to.be.within(200, 499);
      expect(page.html, path)
        .to.contain('<!doctype html>')
        .and.not.match(/\bat .+\.(ts|js):\d+/);
    }
  });

  it('methods that a page does not know are refused', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect((await new Visitor().request('/cart', { method })).status).to.equal(405);
  });

  it('looking around sets no cookie and writes nothing', async () => {
    const plan = await aProduct();
    const guest = new Visitor();
    for (const path of [
      '/',
      '/destinations',
      '/products',
      `/products/${plan.slug}`,
      '/cart',
      '/help',
      '/help/contact',
      '/orders/lookup',
      '/wishlist',
      '/login',
    ]) {
      expect((await guest.get(path)).status, path).to.equal(200);
    }
    expect(guest.hasCookies()).to.equal(false);
  });
});
