import { expect } from 'chai';
import { Order } from '../../src/models/index.js';
import { browsing, describeInBrowser, type Page } from '../support/browser.js';
import { world } from '../support/environment.js';
import { eventually } from '../support/eventually.js';
import { aProduct } from '../support/factories.js';
import { aMember, PASSWORD } from '../support/members.js';
import { buy, goToPay, payByCard, putInCart, seeReady } from '../support/shopper.js';

const RIGHT = 'alice.smith@example.com';
const LINK = /https?:\/\/\S+\/orders\/[0-9a-f-]{36}\?token=[\w-]{43}/;

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click();

const mails = (address: string) => world.mailbox.mails().filter(({ to }) => to.includes(address));

/** The newest mail with these words, once the worker has sent it. */
const mailed = (subject: string) =>
  eventually(`the mail "${subject}"`, () =>
    world.mailbox.mails().findLast((mail) => mail.subject.includes(subject)),
  );

async function logIn(page: Page) {
  const { email } = await aMember();
  await page.goto('/account/orders');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await press(page, 'Log in');
  await page.waitForURL('**/account/orders');
}

describeInBrowser('Orders in a browser', () => {
  for (const [name, device] of Object.entries({
    'with JavaScript on a phone': browsing.withJavaScript.onPhone,
    'without JavaScript on a desktop': browsing.withoutJavaScript.onDesktop,
  })) {
    it(`are found again in the account, sifted and opened, ${name}`, async () => {
      await device(async (page) => {
        await logIn(page);
        await page.getByText('not bought anything').waitFor();
        const plan = await aProduct();
        await buy(page, plan);
        await seeReady(page);
        await page.goto('/account');
        await follow(page, 'My orders');
        await follow(page, 'Not paid');
        await page.getByText('no order that was not paid').waitFor();
        await follow(page, 'Ready');
        await page.getByRole('link', { name: plan.name }).click();
        await seeReady(page);
      });
    });

    it(`show the guide for the phone that is chosen, print on one sheet, and are mailed again, ${name}`, async () => {
      await device(async (page) => {
        await buy(page, await aProduct());
        await seeReady(page);
        await follow(page, 'Samsung');
        await page.waitForURL(/phone=samsung/);
        await page.locator('details[open]').getByText('SIM manager').waitFor();
        expect(await page.locator('h1').count()).to.equal(1);

        await page.emulateMedia({ media: 'print' });
        for (const part of ['img.qr', '.codes', '.facts', '.steps >> nth=0'])
          expect(await page.locator(part).isVisible(), part).to.equal(true);
        for (const part of ['.site-header', '.site-footer', '#order form >> nth=0', '.status', '.timeline'])
          expect(await page.locator(part).isVisible(), part).to.equal(false);
        const sheet = (await page.pdf({ format: 'A4' })).toString('latin1');
        expect(sheet.match(/\/Type \/Page\b/g)).to.have.length(1);
        await page.emulateMedia({ media: 'screen' });

        await press(page, 'Send the mail again');
        await page.getByText('on its way to alice@example.com').waitFor();
        await eventually('the second mail', () => mails('alice@example.com').length === 2);

        await press(page, 'End all links');
        await page.getByText('All links to this order have ended').waitFor();
        await page.goto(LINK.exec(mails('alice@example.com')[0]!.text)![0]);
        await page.getByText('Your eSIM is ready').waitFor();
      });
    });

    it(`go to the right address once it is corrected, ${name}`, async () => {
      await device(async (page) => {
        await putInCart(page, await aProduct());
        await goToPay(page);
        const payment = page.url();
        const order = await Order.findOne({ rejectOnEmpty: true });
        await page.goto(`/orders/${order.publicId}`);
        await follow(page, 'Correct the address');
        await page.getByLabel('Right e-mail address').fill('alice');
        await press(page, 'Use this address');
        await page.getByRole('alert').getByText('e-mail address like').waitFor();
        await page.getByLabel('Right e-mail address').fill(RIGHT);
        await press(page, 'Use this address');
        await page.getByText(`go to ${RIGHT}`).first().waitFor();
        await page.goto(payment);
        await payByCard(page);
        await seeReady(page);
        await eventually('the mail', () => mails(RIGHT).length === 1);
        expect(mails('alice@example.com')).to.have.length(0);
      });
    });

    it(`of guests are found by a mail with links, which lead on when they are over, ${name}`, async () => {
      await device(async (page) => {
        await buy(page, await aProduct());
        await seeReady(page);
      });
      await device(async (page) => {
        await page.goto('/login');
        await page.getByRole('main').getByRole('link', { name: 'Find my order' }).click();
        await page.getByLabel('E-mail address of the order').fill('alice');
        await press(page, 'Send me the links');
        await page.getByRole('alert').getByText('e-mail address like').waitFor();
        await page.getByLabel('E-mail address of the order').fill('alice@example.com');
        await press(page, 'Send me the links');
        await page.getByText('is on its way').waitFor();
        const link = LINK.exec((await mailed('Your orders')).text)![0];
        await page.goto(link);
        await page.getByText('Your eSIM is ready').waitFor();
        await press(page, 'Send the mail again');
        await page.getByText('on its way to alice@example.com').waitFor();
        expect(page.url()).to.contain('token=');
      });
    });
  }
});
