import { expect } from 'chai';
import { translator } from '../../src/lib/i18n.js';
import { Order, Refund } from '../../src/models/index.js';
import { browsing, describeInBrowser, type Page } from '../support/browser.js';
import { world } from '../support/environment.js';
import { eventually } from '../support/eventually.js';
import { aProduct } from '../support/factories.js';
import { agree, payButton, payByCard, putInCart } from '../support/shopper.js';

const t = translator('en');

/** Buys a plan whose code is kept, and waits on its page until it is there. */
async function buyToKeep(page: Page) {
  await putInCart(page, await aProduct());
  await page.goto('/checkout');
  await page.getByLabel(t('checkout.email')).fill('alice@example.com');
  await page.getByLabel(t('withdrawal.delivery.link')).check();
  expect(await page.locator('#consent').isVisible()).to.equal(false);
  await payButton(page).click();
  await page.waitForURL(`${world.stripe.url}/**`);
  await payByCard(page);
  await page.getByText(t('order.progress.kept.title')).waitFor();
}

describeInBrowser('A code that is kept, in a browser', () => {
  for (const [how, browser] of Object.entries(browsing)) {
    it(`is shown when its buyer agrees (${how})`, async () => {
      await browser.onPhone(async (page) => {
        await buyToKeep(page);
        expect(await page.locator('img.qr').count()).to.equal(0);
        await page.getByRole('button', { name: t('withdrawal.reveal.button') }).click();
        await page.getByText(t('errors.consentToSee')).waitFor();
        await agree(page);
        await page.getByRole('button', { name: t('withdrawal.reveal.button') }).click();
        await page.locator('img.qr').waitFor();
        await page.reload();
        expect(await page.locator('img.qr').count()).to.equal(1);
      });
    });

    it(`is given back with its money (${how})`, async () => {
      await browser.onDesktop(async (page) => {
        await buyToKeep(page);
        await page.getByRole('link', { name: t('withdrawal.open') }).click();
        await page.getByLabel(t('withdrawal.reason')).fill('The trip is off');
        await page.getByRole('button', { name: t('withdrawal.confirm') }).click();
        await page.getByText(t('order.progress.refunded.title'), { exact: true }).waitFor();
        expect((await Order.findOne())!.status).to.equal('refunded');
        expect((await Refund.findOne())!.state).to.equal('succeeded');
        await eventually('both mails', () => world.mailbox.mails().length === 3);
      });
    });
  }
});
