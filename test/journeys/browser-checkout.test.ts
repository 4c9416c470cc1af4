import { expect } from 'chai';
import { Order, Product, Purchase } from '../../src/models/index.js';
import { browsing, describeInBrowser, type Page } from '../support/browser.js';
import { world } from '../support/environment.js';
import { eventually } from '../support/eventually.js';
import { aProduct } from '../support/factories.js';
import {
  agree,
  DECLINED_CARD,
  goToPay,
  payButton,
  payByCard,
  putInCart,
  seeReady,
} from '../support/shopper.js';

const openCheckout = async (page: Page) => {
  await putInCart(page, await aProduct());
  await page.goto('/checkout');
};

describeInBrowser('Checking out in a browser', () => {
  for (const [how, browser] of Object.entries(browsing)) {
    it(`makes one purchase of a double click (${how})`, async () => {
      await browser.onPhone(async (page) => {
        await openCheckout(page);
        await page.getByLabel('E-mail address').fill('alice@example.com');
        await agree(page);
        world.stripe.latencyMs = 200;
        await payButton(page).dblclick();
        // The second click breaks the first one's way off, which waitForURL would call a failure.
        await eventually('the payment page', () => page.url().startsWith(world.stripe.url), 8000);

        expect(await Purchase.count()).to.equal(1);
        expect(await Order.count()).to.equal(1);
        expect(world.stripe.ledger().sessions).to.have.length(1);
      });
    });
  }

  it('lets a declined card be followed by a good one', async () => {
    await browsing.withJavaScript.onPhone(async (page) => {
      await putInCart(page, await aProduct());
      await goToPay(page);
      await payByCard(page, DECLINED_CARD);
      await page.getByText('Your card was declined').waitFor();
      await payByCard(page);
      await seeReady(page);

      expect(await Purchase.count()).to.equal(1);
      expect(world.airalo.ledger()).to.have.length(1);
    });
  });

  it('sells the last unit to a buyer who went back from the payment page', async () => {
    const plan = await aProduct({ stock: 1 });
    await browsing.withJavaScript.onPhone(async (page) => {
      await putInCart(page, plan);
      await goToPay(page, 'typo@example.com');
      await page.goBack();
      await page.getByLabel('E-mail address').fill('alice@example.com');
      await agree(page);
      await payButton(page).click();
      await page.waitForURL(`${world.stripe.url}/**`);
      await payByCard(page);
      await seeReady(page);
    });

    const purchases = await Purchase.findAll({ order: ['created'] });
    expect(purchases.map(({ state }) => state)).to.deep.equal(['expired', 'paid']);
    expect((await Product.findByPk(plan.id))!.stock).to.equal(0);
    expect(world.airalo.ledger()).to.have.length(1);
    expect(world.mailbox.mails().flatMap(({ to }) => to)).to.deep.equal(['alice@example.com']);
  });

  it('holds one unit, not two, when the buyer goes back and checks out anew', async () => {
    const plan = await aProduct({ stock: 5 });
    await browsing.withoutJavaScript.onPhone(async (page) => {
      await putInCart(page, plan);
      await goToPay(page);
      await page.getByRole('link', { name: 'Back to shop' }).click();
      await payButton(page).waitFor();
      await page.goto('/cart');
      await goToPay(page);
      expect((await Product.findByPk(plan.id))!.stock).to.equal(4);
    });
  });

  for (const [how, browser] of Object.entries(browsing)) {
    it(`keeps what was typed, says what is wrong and leads there (${how})`, async () => {
      await browser.onDesktop(async (page) => {
        await openCheckout(page);
        await page.getByLabel('E-mail address').fill('alice at example');
        await page.getByLabel('Name').fill('Alice Example');
        await page.getByLabel('Phone number').fill('call me');
        await page.getByLabel('PayPal').check();
        await agree(page);
        const [answer] = await Promise.all([page.waitForResponse('**/checkout'), payButton(page).click()]);

        expect(answer.status()).to.equal(422);
        const summary = page.locator('.error-summary');
        await summary.waitFor();
        expect(await page.locator(':focus').getAttribute('class')).to.equal('error-summary');
        expect(await page.getByLabel('E-mail address').inputValue()).to.equal('alice at example');
        expect(await page.getByLabel('Name').inputValue()).to.equal('Alice Example');
        expect(await page.getByLabel('Phone number').inputValue()).to.equal('call me');
        expect(await page.getByLabel('PayPal').isChecked()).to.equal(true);
        expect(await page.locator('[aria-invalid=true]').count()).to.equal(2);

        await summary.getByRole('link').first().click();
        expect(await page.locator(':focus').getAttribute('name')).to.equal('email');
        expect(await Purchase.count()).to.equal(0);
      });
    });
  }

  it('needs no mouse', async () => {
    await browsing.withJavaScript.onDesktop(async (page) => {
      await putInCart(page, await aProduct());
      await tabTo(page, 'a[href="/checkout"]');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/checkout');
      await tabTo(page, '#email');
      await page.keyboard.type('alice@example.com');
      await tabTo(page, '#consent');
      await page.keyboard.press('Space');
      await tabTo(page, 'main form .button');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${world.stripe.url}/**`);
      await tabTo(page, 'form button');
      await page.keyboard.press('Enter');
      await seeReady(page);
    });
  });
});

/** Presses Tab until it is there; every stop on the way must show that it has the focus. */
async function tabTo(page: Page, selector: string) {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline, `focus on ${await page.locator(':focus').innerHTML()}`).not.to.equal('none');
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}
