import { expect } from 'chai';
import { Order } from '../../src/models/index.js';
import { browsing, describeInBrowser, type Page } from '../support/browser.js';
import { world } from '../support/environment.js';
import { aProduct } from '../support/factories.js';
import { scan } from '../support/qr-scan.js';
import { buy, clickIntoCart, goToPay, payByCard, seeReady } from '../support/shopper.js';

describeInBrowser('Buying in a browser', () => {
  const purchase = async (page: Page) => {
    // Long enough that the buyer sees the page wait and then refresh itself.
    world.airalo.fault({ fault: 'slow', ms: 700, times: 1 });
    await clickIntoCart(page, await aProduct());
    await goToPay(page);
    await payByCard(page);
    await page.locator('.status[data-live]').waitFor();
    await seeReady(page);
  };

  const receivesWhatWasBought = async (page: Page) => {
    const [bought] = world.airalo.ledger();
    expect(await scan(page.locator('img.qr'))).to.equal(bought!.lpa);
    expect(await page.locator('.codes').innerText())
      .to.contain(bought!.lpa)
      .and.contain(bought!.iccid);
    const mail = await world.mailbox.waitFor(({ to }) => to.includes('alice@example.com'));
    expect(mail.text).to.contain(bought!.lpa);
  };

  it('works with JavaScript, on a phone', async () => {
    await browsing.withJavaScript.onPhone(async (page) => {
      await purchase(page);
      await receivesWhatWasBought(page);
    });
  });

  it('works without JavaScript, on a desktop', async () => {
    await browsing.withoutJavaScript.onDesktop(async (page) => {
      await purchase(page);
      await receivesWhatWasBought(page);
    });
  });

  it('refreshes by itself and only as long as something can still happen', async () => {
    await browsing.withoutJavaScript.onPhone(async (page) => {
      await buy(page, await aProduct());
      await seeReady(page);
      expect(await page.content()).not.to.contain('http-equiv="refresh"');
    });
    await browsing.withJavaScript.onPhone(async (page) => {
      await buy(page, await aProduct());
      await seeReady(page);
      expect(await page.locator('[hx-trigger*=load]').count()).to.equal(0);
    });
  });

  it('shows each of several eSIMs with a code of its own', async () => {
    await browsing.withJavaScript.onPhone(async (page) => {
      await buy(page, await aProduct(), 2);
      await page.getByText('Open each eSIM').waitFor();

      const scanned: string[] = [];
      for (const { publicId } of await Order.findAll()) {
        await page.locator(`a[href="/orders/${publicId}"]`).click();
        scanned.push(await scan(page.locator('img.qr')));
        await page.goBack();
      }
      expect(scanned).to.have.members(world.airalo.ledger().map(({ lpa }) => lpa));
    });
  });
});
