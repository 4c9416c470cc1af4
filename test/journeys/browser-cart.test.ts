import { expect } from 'chai';
import { CartItem } from '../../src/models/index.js';
import { browsing, describeInBrowser, type Page } from '../support/browser.js';
import { aCoupon, aProduct } from '../support/factories.js';
import { putInCart } from '../support/shopper.js';

const total = (page: Page) => page.locator('.totals .total dd');
const badge = (page: Page) => page.locator('#cart-count');

/** A mark on the window is gone after a page load. */
const markPage = (page: Page) => page.evaluate('window.stillHere = true');
const isSamePage = (page: Page) => page.evaluate<boolean>('window.stillHere === true');

describeInBrowser('The cart in a browser', () => {
  it('changes a quantity as soon as it is chosen, without loading the page anew', async () => {
    await browsing.withJavaScript.onPhone(async (page) => {
      await putInCart(page, await aProduct());
      await markPage(page);
      await page.getByLabel('Quantity of').selectOption('3');
      await page.getByText('$13.50').first().waitFor();

      expect(await total(page).innerText()).to.equal('$13.50');
      expect(await badge(page).innerText()).to.equal('3');
      expect(await isSamePage(page)).to.equal(true);
      expect((await CartItem.findOne())!.quantity).to.equal(3);
    });
  });

  it('removes a plan without loading the page anew', async () => {
    await browsing.withJavaScript.onPhone(async (page) => {
      const plan = await aProduct();
      await putInCart(page, plan);
      await putInCart(page, await aProduct({ priceMinor: 1000 }));
      await markPage(page);
      await page.getByRole('button', { name: `Remove ${plan.name}` }).click();
      await page.getByText(plan.name).first().waitFor({ state: 'detached' });

      expect(await total(page).innerText()).to.equal('$10.00');
      expect(await badge(page).innerText()).to.equal('1');
      expect(await isSamePage(page)).to.equal(true);

      await page.getByRole('button', { name: 'Remove' }).click();
      await page.getByText('Your cart is empty').waitFor();
      expect(await badge(page).innerText()).to.equal('0');
    });
  });

  it('does the same with plain forms', async () => {
    await browsing.withoutJavaScript.onDesktop(async (page) => {
      await putInCart(page, await aProduct());
      await page.getByLabel('Quantity of').selectOption('2');
      await page.getByRole('button', { name: 'Update' }).click();
      await page.getByText('$9.00').first().waitFor();
      expect(await badge(page).innerText()).to.equal('2');

      await page.getByRole('button', { name: 'Remove' }).click();
      await page.getByText('Your cart is empty').waitFor();
      expect(new URL(page.url()).pathname).to.equal('/cart');
    });
  });

  it('says why a quantity cannot be had, and keeps what was there', async () => {
    const plan = await aProduct({ stock: 2 });
    for (const browser of [browsing.withJavaScript, browsing.withoutJavaScript]) {
      await browser.onPhone(async (page) => {
        await putInCart(page, plan);
        await page.getByLabel('Quantity of').selectOption('5');
        if (browser === browsing.withoutJavaScript)
          await page.getByRole('button', { name: 'Update' }).click();
        await page.getByRole('alert').getByText(`Only 2 of ${plan.name} left`).waitFor();
        expect(await page.getByLabel('Quantity of').inputValue()).to.equal('1');
      });
    }
  });

  it('takes and gives back a coupon without JavaScript', async () => {
    const { code } = await aCoupon();
    await browsing.withoutJavaScript.onPhone(async (page) => {
      await putInCart(page, await aProduct({ priceMinor: 1000 }));
      await page.getByLabel('Coupon code').fill(code.toLowerCase());
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText(`Coupon ${code}`).waitFor();
      expect(await total(page).innerText()).to.equal('$9.00');

      await page.getByRole('button', { name: 'Remove coupon' }).click();
      await page.getByLabel('Coupon code').waitFor();
      expect(await total(page).innerText()).to.equal('$10.00');
    });
  });

  it('says what is wrong with a coupon', async () => {
    await browsing.withJavaScript.onDesktop(async (page) => {
      await putInCart(page, await aProduct());
      await page.getByLabel('Coupon code').fill('NOSUCH1');
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('alert').getByText('We do not know this coupon code').waitFor();
      expect(await page.getByLabel('Coupon code').inputValue()).to.equal('NOSUCH1');
      expect(await total(page).innerText()).to.equal('$4.50');
    });
  });
});
