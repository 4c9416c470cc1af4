import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { Order, User } from '../../src/models/index.js';
import { browsing, describeInBrowser, type Page } from '../support/browser.js';
import { aProduct } from '../support/factories.js';
import { PASSWORD, aMember } from '../support/members.js';
import { buy } from '../support/shopping.js';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const fill = (page: Page, label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);

describeInBrowser('One’s own data in a browser', () => {
  for (const [name, device] of Object.entries({
    'with JavaScript on a phone': browsing.withJavaScript.onPhone,
    'without JavaScript on a desktop': browsing.withoutJavaScript.onDesktop,
  })) {
    it(`are downloaded, and then erased, by links and forms alone, ${name}`, async () => {
      const user = await aMember({ name: 'Carol' });
      await buy(await aProduct(), { email: user.email });
      await device(async (page) => {
        await page.goto('/privacy');
        await page.getByRole('main').getByRole('link', { name: 'My data' }).click();
        await fill(page, 'E-mail address', user.email);
        await fill(page, 'Password', PASSWORD);
        await press(page, 'Log in');
        await page.waitForURL('**/account/privacy');

        await fill(page, 'Password', 'wrong');
        await press(page, 'Download the file');
        await page.getByRole('alert').getByText('not your present password').waitFor();
        await fill(page, 'Password', PASSWORD);
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          press(page, 'Download the file'),
        ]);
        const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as { purchases: object[] };
        expect(file.purchases).to.have.length(1);

        await page.goto('/account');
        await page.getByRole('link', { name: 'My data' }).click();
        await page.getByRole('link', { name: 'See what goes and what stays' }).click();
        await fill(page, 'Password', PASSWORD);
        await press(page, 'Erase me for good');
        await page.getByText('You are erased').waitFor();
        expect((await User.findOne())!.name).to.equal(null);
        expect((await Order.findOne())!.customerEmail).to.match(/@closed\.invalid$/);
      });
    });
  }
});
