import { expect } from 'chai';
import { hashPassword } from '../../src/accounts/password.js';
import { Order } from '../../src/models/index.js';
import { browsing, describeInBrowser, type Page } from '../support/browser.js';
import { aContactRequest, aProduct, aUser } from '../support/factories.js';
import { buy, putInCart, seeReady } from '../support/shopper.js';

const NARROW = { width: 360, height: 740 };

const PUBLIC = [
  '/',
  '/destinations',
  '/destinations/jp',
  '/products',
  '/help',
  '/help/install',
  '/help/install/iphone',
  '/help/compatibility?model=iphone',
  '/help/contact',
  '/orders/lookup',
  '/wishlist',
  '/terms',
  '/privacy',
  '/refunds',
  '/login',
  '/cart',
  '/there/is/nothing/here',
];

/** A name without a place to break, as a wholesaler may well send one. */
const LONG_NAME = 'Donaudampfschifffahrtsgesellschaftskapitaensmuetzen-Unlimited-Roaming 30 days';

async function fitsInto(page: Page, path: string) {
  await page.goto(path);
  const sticksOut = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(sticksOut, `${path} is wider than the screen by`).to.equal(0);
}

describeInBrowser('On a narrow phone', () => {
  it('every page of the shop fits', async () => {
    const plan = await aProduct({ name: LONG_NAME, coverage: ['JP', 'KR', 'TW', 'TH', 'VN', 'SG', 'MY'] });
    await browsing.withJavaScript.onPhone(async (page) => {
      await page.setViewportSize(NARROW);
      for (const path of [...PUBLIC, `/products/${plan.slug}`]) await fitsInto(page, path);
    });
  });

  it('cart, checkout and orders fit', async () => {
    const plan = await aProduct({ name: LONG_NAME });
    await browsing.withJavaScript.onPhone(async (page) => {
      await page.setViewportSize(NARROW);
      await buy(page, plan, 2);
      await page.getByText('Open each eSIM').waitFor();
      await fitsInto(page, page.url());
      const order = await Order.findOne({ rejectOnEmpty: true });
      await fitsInto(page, `/orders/${order.publicId}`);
      await seeReady(page);

      await putInCart(page, plan);
      await fitsInto(page, '/cart');
      await fitsInto(page, '/checkout');

      await page.goto(`/products/${plan.slug}`);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Saved' }).waitFor();
      await fitsInto(page, '/wishlist');
    });
  });

  it('the back office fits', async () => {
    const staff = { email: 'staff@example.com', password: 'a long password' };
    await aUser({ email: staff.email, role: 'admin', passwordHash: await hashPassword(staff.password) });
    const plan = await aProduct({ name: LONG_NAME });
    await browsing.withJavaScript.onPhone(async (page) => {
      await page.setViewportSize(NARROW);
      await buy(page, plan);
      await seeReady(page);
      await page.goto('/admin');
      await page.getByLabel('E-mail address').fill(staff.email);
      await page.getByLabel('Password').fill(staff.password);
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.waitForURL('**/admin');
      for (const path of [
        '',
        '/inbox',
        '/orders',
        '/products',
        '/products/new',
        '/reviews',
        '/coupons',
        '/coupons/new',
      ])
        await fitsInto(page, `/admin${path}`);
      for (const path of ['/customers', '/providers', '/emails', '/audit', '/users', '/settings', '/exports'])
        await fitsInto(page, `/admin${path}`);
      const order = await Order.findOne({ rejectOnEmpty: true });
      await fitsInto(page, `/admin/orders/${order.publicId}`);
      const { id } = await aContactRequest({ device: LONG_NAME, message: LONG_NAME });
      await fitsInto(page, '/admin/contact-requests');
      await fitsInto(page, `/admin/contact-requests/${id}`);
    });
  });
});
