import { expect } from 'chai';
import { ContactRequest, CartItem, Wishlist } from '../../src/models/index.js';
import { browsing, describeInBrowser, type Page } from '../support/browser.js';
import { aProduct } from '../support/factories.js';
import { buy, seeReady } from '../support/shopper.js';

/** A mark on the window is gone after a page load. */
const markPage = (page: Page) => page.evaluate('window.stillHere = true');
const isSamePage = (page: Page) => page.evaluate<boolean>('window.stillHere === true');

const saveButton = (page: Page) => page.getByRole('button', { name: 'Save' });

describeInBrowser('The wishlist in a browser', () => {
  it('changes its button in its place, keeps the focus, and leaves the page alone', async () => {
    const plan = await aProduct();
    await browsing.withJavaScript.onPhone(async (page) => {
      await page.goto('/products');
      await markPage(page);
      await saveButton(page).click();
      await page.getByRole('button', { name: 'Saved' }).waitFor();
      expect(await isSamePage(page)).to.equal(true);
      expect(await page.locator(':focus').getAttribute('id')).to.equal(`wish-${plan.id}`);

      await page.getByRole('button', { name: `Take ${plan.name} off` }).click();
      await page.getByRole('button', { name: 'to your wishlist' }).waitFor();
      expect(await Wishlist.count()).to.equal(0);
    });
  });

  it('moves a plan into the cart without loading the page anew', async () => {
    const plan = await aProduct();
    await browsing.withJavaScript.onPhone(async (page) => {
      await page.goto(`/products/${plan.slug}`);
      await saveButton(page).click();
      await page.getByRole('button', { name: 'Saved' }).waitFor();
      await page.getByRole('link', { name: 'Wishlist' }).click();
      await markPage(page);
      await page.getByRole('button', { name: `Move to cart ${plan.name}` }).click();
      await page.getByRole('status').getByText(`${plan.name} is in your cart`).waitFor();
      expect(await page.locator('#cart-count').innerText()).to.equal('1');
      expect(await isSamePage(page)).to.equal(true);
      expect((await CartItem.findOne())!.quantity).to.equal(1);
    });
  });

  it('does the same with plain forms', async () => {
    const [plan, other] = [await aProduct(), await aProduct()];
    await browsing.withoutJavaScript.onDesktop(async (page) => {
      for (const { slug } of [plan, other]) {
        await page.goto(`/products/${slug}`);
        await saveButton(page).click();
        await page.waitForURL('**/wishlist');
      }
      await page.getByRole('button', { name: `Remove ${other.name}` }).click();
      await page.getByText(other.name).first().waitFor({ state: 'detached' });
      await page.getByRole('button', { name: `Move to cart ${plan.name}` }).click();
      await page.waitForURL('**/cart');
      expect(await page.locator('#cart-count').innerText()).to.equal('1');
      expect(await Wishlist.count()).to.equal(0);
    });
  });
});

describeInBrowser('Help in a browser', () => {
  it('answers while the name of the phone is being typed', async () => {
    await browsing.withJavaScript.onPhone(async (page) => {
      await page.goto('/help/compatibility');
      await markPage(page);
      await page.getByLabel('Which phone do you have?').pressSequentially('galxy s22 u');
      await page.locator('#answer').getByText('Galaxy S22 Ultra').waitFor();
      await page.getByLabel('Which phone do you have?').fill('iPhone X');
      await page.getByText('No, the iPhone X takes no eSIM').waitFor();
      expect(await isSamePage(page)).to.equal(true);
      expect(await page.locator(':focus').getAttribute('id')).to.equal('model');
    });
  });

  it('answers by a plain form', async () => {
    await browsing.withoutJavaScript.onPhone(async (page) => {
      await page.goto('/help/compatibility');
      await page.getByLabel('Which phone do you have?').fill('pixel 3a');
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByText('Probably: the Pixel 3a').waitFor();
      expect(await page.getByLabel('Which phone do you have?').inputValue()).to.equal('pixel 3a');
    });
  });

  for (const [how, browser] of Object.entries(browsing)) {
    it(`leads from the order to the guide and to the question about it (${how})`, async () => {
      await browser.onPhone(async (page) => {
        await buy(page, await aProduct());
        await seeReady(page);
        const order = page.url();
        await page.locator('a[href="/help/install/iphone"]').click();
        await page.getByRole('heading', { name: 'When you arrive' }).waitFor();
        await page.goto(order);
        await page.getByRole('link', { name: 'A question about this order?' }).click();
        await page.getByLabel('Your message').fill('Which network do I choose in Kyoto?');
        await page.getByLabel('E-mail address').fill('alice at example');
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByRole('alert').waitFor();
        expect(await page.getByLabel('Your message').inputValue()).to.contain('Kyoto');
        await page.getByLabel('E-mail address').fill('alice@example.com');
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByRole('heading', { name: 'We have your message' }).waitFor();
        const request = await ContactRequest.findOne({ include: 'order' });
        expect(order).to.contain(request!.order!.publicId);
      });
    });
  }

  it('prints a guide without what belongs to the screen', async () => {
    await browsing.withoutJavaScript.onDesktop(async (page) => {
      await page.goto('/help/install/samsung');
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByRole('heading', { name: 'What not to do' }).isVisible()).to.equal(true);
      for (const part of ['.site-header', '.site-footer', '.crumbs', '.screen-only'])
        expect(await page.locator(part).isVisible(), part).to.equal(false);
    });
  });
});
