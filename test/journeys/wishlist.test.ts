import { expect } from 'chai';
import { CartItem, Product, Wishlist } from '../../src/models/index.js';
import { MOST_WISHES, Wishes } from '../../src/wishlist/wishlist.js';
import { aProduct } from '../support/factories.js';
import { aLoggedInMember, logIn } from '../support/members.js';
import { Visitor, type Page } from '../support/visitor.js';

const HTMX = { 'HX-Request-Type': 'partial' };

const save = (visitor: Visitor, { id }: Product, headers = {}) =>
  visitor.post('/wishlist/items', { product_id: id }, headers);

const names = (page: Page) =>
  page
    .$('.line-name')
    .toArray()
    .map((line) => page.$(line).text().trim().split('\n')[0]);

/** What the buttons of the plans on a page say. */
const buttons = (page: Page) =>
  page
    .$('.wish-button')
    .toArray()
    .map((button) => /Saved?/.exec(page.$(button).text())![0]);

/** The address of the form on the wishlist that ends in `end`. */
const form = (page: Page, end: string) => page.$(`form[action$="${end}"]`).attr('action')!;

const theWish = () => Wishlist.findOne({ rejectOnEmpty: true });

describe('The wishlist', () => {
  it('keeps plans for a guest, the last one first, with no account and no cookie before', async () => {
    const [first, second] = [await aProduct(), await aProduct()];
    const guest = new Visitor();
    expect((await guest.get('/wishlist')).text).to.contain('Nothing saved yet');
    expect(guest.hasCookies()).to.equal(false);

    expect((await save(guest, first)).location).to.equal('/wishlist');
    await save(guest, second);
    expect(names(await guest.get('/wishlist'))).to.deep.equal([second.name, first.name]);
    expect((await new Visitor().get('/wishlist')).text).to.contain('Nothing saved yet');
  });

  it('offers its button on every card and on the page of a plan, and shows there what is saved', async () => {
    const plan = await aProduct();
    await aProduct({ country: 'FR' });
    const guest = new Visitor();
    const paths = ['/', '/products?country=JP', '/destinations/jp', `/products/${plan.slug}`];
    for (const path of paths) expect(buttons(await guest.get(path)), path).to.include('Save');

    await save(guest, plan);
    for (const path of paths) expect(buttons(await guest.get(path)), path).to.include('Saved');
    expect(buttons(await guest.get('/products?country=FR'))).to.deep.equal(['Save']);

    await guest.post('/wishlist/items/removal', { product_id: plan.id });
    for (const path of paths) expect(buttons(await guest.get(path)), path).to.not.include('Saved');
    expect(await Wishlist.count()).to.equal(0);
  });

  it('changes nothing on the pages of those who only look', async () => {
    const plan = await aProduct();
    const paths = ['/', '/products', '/destinations/jp', `/products/${plan.slug}`];
    const looks = (visitor: Visitor) =>
      Promise.all(paths.map(async (path) => (await visitor.get(path)).html));
    const before = await looks(new Visitor());
    await save(new Visitor(), plan);
    expect(await looks(new Visitor())).to.deep.equal(before);
  });

  it('answers htmx with the button alone, in its new state', async () => {
    const plan = await aProduct();
    const guest = new Visitor();
    const saved = await save(guest, plan, HTMX);
    expect(saved.html.trim()).to.match(/^<form class="wish"/);
    expect(saved.headers.get('Vary')).to.contain('HX-Request-Type');
    expect(buttons(saved)).to.deep.equal(['Saved']);

    const removed = await guest.post('/wishlist/items/removal', { product_id: plan.id }, HTMX);
    expect(buttons(removed)).to.deep.equal(['Save']);
  });

  it('says what a plan costs now, and what it cost when it was saved', async () => {
    const plan = await aProduct({ priceMinor: 450 });
    const guest = new Visitor();
    await save(guest, plan);
    expect((await guest.get('/wishlist')).text)
      .to.contain('$4.50')
      .and.not.contain('Was');
    await plan.update({ priceMinor: 390 });
    expect((await guest.get('/wishlist')).text)
      .to.contain('$3.90')
      .and.contain('Was $4.50');
    await plan.update({ priceMinor: 500 });
    expect((await guest.get('/wishlist')).$('.badge-warn').text()).to.equal('Was $4.50');
    await plan.update({ currency: 'KRW' });
    expect((await guest.get('/wishlist')).text).to.not.contain('Was');
  });

  it('moves a plan into the cart', async () => {
    const [plan, other] = [await aProduct(), await aProduct()];
    const guest = new Visitor();
    await save(guest, other);
    await save(guest, plan);
    const answer = await guest.post(form(await guest.get('/wishlist'), '/cart'), {});
    expect(answer.location).to.equal('/cart');
    expect(names(await guest.get('/cart'))).to.deep.equal([plan.name]);
    expect(names(await guest.get('/wishlist'))).to.deep.equal([other.name]);
  });

  it('moves it with htmx too, and brings the number on the cart along', async () => {
    const plan = await aProduct();
    const guest = new Visitor();
    await save(guest, plan);
    const page = await guest.post(form(await guest.get('/wishlist'), '/cart'), {}, HTMX);
    expect(page.html.trim()).to.match(/^<section id="wishlist"/);
    expect(page.text).to.contain(`${plan.name} is in your cart`).and.contain('Nothing saved yet');
    expect(page.$('#cart-count').text()).to.equal('1');
  });

  it('keeps a sold-out plan, says so, and leads to what to take instead', async () => {
    const plan = await aProduct({ stock: 0 });
    const guest = new Visitor();
    await save(guest, plan);
    const page = await guest.get('/wishlist');
    expect(page.text).to.contain('Sold out');
    expect(page.$(`a[href="/products/${plan.slug}#buy"]`)).to.have.length(1);
    expect(page.$('form[action$="/cart"]')).to.have.length(0);

    const { id } = await theWish();
    const refused = await guest.post(`/wishlist/items/${id}/cart`, {});
    expect(refused.status).to.equal(409);
    expect(refused.$('[role=alert]').text()).to.contain(`${plan.name} is sold out`);
    expect(names(refused)).to.deep.equal([plan.name]);
    expect(await CartItem.count()).to.equal(0);
  });

  it('keeps what the cart refuses, at the price of the day when it was saved', async () => {
    const [dollars, euros] = [await aProduct(), await aProduct({ currency: 'EUR', priceMinor: 450 })];
    const guest = new Visitor();
    await guest.put(dollars);
    await save(guest, euros);
    const { id } = await theWish();
    await euros.update({ priceMinor: 500 });
    const refused = await guest.post(`/wishlist/items/${id}/cart`, {});
    expect(refused.status).to.equal(422);
    expect(refused.text).to.contain('Your cart is in USD').and.contain('Was €4.50');
    expect((await theWish()).id).to.equal(id);
  });

  it('says when a plan is no longer sold, without a link that leads nowhere', async () => {
    const plan = await aProduct();
    const guest = new Visitor();
    await save(guest, plan);
    await plan.update({ isActive: false });
    const page = await guest.get('/wishlist');
    expect(page.text).to.contain('No longer sold');
    expect(page.$(`a[href^="/products/${plan.slug}"]`)).to.have.length(0);
    const { id } = await theWish();
    const refused = await guest.post(`/wishlist/items/${id}/cart`, {});
    expect(refused.status).to.equal(422);
    expect(refused.text).to.contain('no longer sold');
    await guest.post(form(refused, `${id}/removal`), {});
    expect(await Wishlist.count()).to.equal(0);
    const again = await guest.post('/wishlist/items/removal', { product_id: plan.id });
    expect(again.location).to.equal('/wishlist');
  });

  it('saves once and moves once, however often a button is pressed', async () => {
    const plan = await aProduct();
    const guest = new Visitor();
    await guest.put(await aProduct());
    await Promise.all([save(guest, plan), save(guest, plan), save(guest, plan)]);
    const { id } = await theWish();
    expect(await Wishlist.count()).to.equal(1);
    await Promise.all([1, 2, 3].map(() => guest.post(`/wishlist/items/${id}/cart`, {})));
    expect(await CartItem.sum('quantity', { where: { productId: plan.id } })).to.equal(1);
  });

  it('is one list, also when several requests add to it at the very same time', async () => {
    const plan = await aProduct();
    const wishes = new Wishes({ guestKey: 'a guest' });
    await Promise.all(Array.from({ length: 8 }, () => wishes.add(plan)));
    expect(await Wishlist.count()).to.equal(1);
  });

  it('refuses a plan that is unknown, hidden or no id, and an address that names nothing', async () => {
    const hidden = await aProduct({ isActive: false });
    const guest = new Visitor();
    for (const product_id of ['nosuchproduct00', hidden.id, '', "' OR 1=1 --", 'x'.repeat(20_000)]) {
      const page = await guest.post('/wishlist/items', { product_id });
      expect(page.status, product_id.slice(0, 20)).to.be.oneOf([404, 422]);
      expect(page.text).to.match(/nothing at this address|could not read/);
    }
    expect((await guest.post('/wishlist/items', {})).status).to.equal(422);
    expect((await guest.post('/wishlist/items/nope/removal', {})).status).to.equal(404);
    expect((await guest.post('/wishlist/items/nope/cart', {})).status).to.equal(404);
    expect(await Wishlist.count()).to.equal(0);
  });

  it('of one is not for another to change', async () => {
    const plan = await aProduct();
    await save(new Visitor(), plan);
    const { id } = await theWish();
    const mallory = new Visitor();
    await save(mallory, await aProduct());
    for (const end of ['removal', 'cart'])
      expect((await mallory.post(`/wishlist/items/${id}/${end}`, {})).status, end).to.equal(404);
    await mallory.post('/wishlist/items/removal', { product_id: plan.id });
    expect(await Wishlist.count({ where: { productId: plan.id } })).to.equal(1);
    expect(await CartItem.count()).to.equal(0);
  });

  it('follows an account from browser to browser', async () => {
    const plan = await aProduct();
    const { user, visitor } = await aLoggedInMember();
    await save(visitor, plan);
    expect((await visitor.get('/wishlist')).text).to.not.contain('Log in to keep it');
    const elsewhere = new Visitor();
    await logIn(elsewhere, user);
    expect(names(await elsewhere.get('/wishlist'))).to.deep.equal([plan.name]);
    await elsewhere.post('/logout', {});
    expect((await elsewhere.get('/wishlist')).text).to.contain('Nothing saved yet');
  });

  it('takes neither price nor owner from the form', async () => {
    const plan = await aProduct({ priceMinor: 450 });
    await new Visitor().post('/wishlist/items', {
      product_id: plan.id,
      price_minor: '1',
      priceMinor: '1',
      user: 'a'.repeat(15),
      userId: 'a'.repeat(15),
    });
    expect(await theWish()).to.include({ priceMinor: 450, userId: null });
  });

  it('has an end', async () => {
    const guest = new Visitor();
    await save(guest, await aProduct());
    const { guestKey } = await theWish();
    const { id: _id, slug: _slug, ...model } = (await aProduct()).get();
    const plans = await Product.bulkCreate(
      Array.from({ length: MOST_WISHES - 1 }, (_, index) => ({ ...model, slug: `more-${index}` })),
    );
    await Wishlist.bulkCreate(
      plans.map(({ id, priceMinor, currency }) => ({
        userId: null,
        guestKey,
        productId: id,
        priceMinor,
        currency,
      })),
    );
    const refused = await save(guest, await aProduct());
    expect(refused.status).to.equal(422);
    expect(refused.text).to.contain(`up to ${MOST_WISHES} plans`);
    expect(await Wishlist.count()).to.equal(MOST_WISHES);
    expect((await save(guest, plans[0]!)).location).to.equal('/wishlist');
  });
});
