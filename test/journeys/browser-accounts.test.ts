import { expect } from 'chai';
import { User } from '../../src/models/index.js';
import { browsing, describeInBrowser, type Page } from '../support/browser.js';
import { world } from '../support/environment.js';
import { eventually } from '../support/eventually.js';
import { aProduct } from '../support/factories.js';
import { aMember, PASSWORD } from '../support/members.js';
import { putInCart } from '../support/shopper.js';

const EMAIL = 'carol@example.com';
const BETTER = 'a whole new password';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const fill = (page: Page, label: string, text: string) => page.getByLabel(label).fill(text);

/** Where the link in the mail with these words leads, once the worker has sent it. */
const linkIn = (subject: string) =>
  eventually(`the mail "${subject}"`, () => {
    const mail = world.mailbox.mails().findLast((one) => one.subject === subject);
    return mail && /https?:\/\/\S+\?token=[\w-]{43}/.exec(mail.text)?.[0];
  });

describeInBrowser('An account in a browser', () => {
  for (const [name, device] of Object.entries({
    'with JavaScript on a phone': browsing.withJavaScript.onPhone,
    'without JavaScript on a desktop': browsing.withoutJavaScript.onDesktop,
  })) {
    it(`is opened with the cart in hand, by links and forms alone, ${name}`, async () => {
      await device(async (page) => {
        await putInCart(page, await aProduct());
        await page.getByRole('link', { name: 'Log in' }).click();
        await page.getByRole('link', { name: 'Create an account' }).click();
        await fill(page, 'E-mail address', EMAIL);
        await fill(page, 'Password', 'password');
        await press(page, 'Create an account');
        await page.getByRole('alert').getByText('one of the first').waitFor();
        expect(await page.getByLabel('E-mail address').inputValue()).to.equal(EMAIL);
        await fill(page, 'Password', PASSWORD);
        await press(page, 'Create an account');
        await page.getByText('Please look into your mail').waitFor();

        await page.goto(await linkIn('Please confirm your e-mail address'));
        expect((await User.findOne())!.verified).to.equal(false);
        await fill(page, 'Password', PASSWORD);
        await press(page, 'Confirm my address');
        await page.getByText('Welcome!').waitFor();
        expect(await page.locator('#cart-count').innerText()).to.equal('1');
      });
    });

    it(`is recovered, changed and closed in the same way, ${name}`, async () => {
      const { email } = await aMember();
      await device(async (page) => {
        await page.goto('/login');
        await page.getByRole('link', { name: 'Forgot your password?' }).click();
        await fill(page, 'E-mail address', email);
        await press(page, 'Send me a link');
        await page.getByText('is on its way').waitFor();
        await page.goto(await linkIn('Set a new password'));
        await fill(page, 'Password', BETTER);
        await press(page, 'Set the new password');
        await page.getByText('Your new password is set').waitFor();

        await page.getByRole('link', { name: 'Change password' }).click();
        await fill(page, 'Present password', BETTER);
        await fill(page, 'New password', PASSWORD);
        await press(page, 'Set the new password');
        await page.getByText('Your password is changed').waitFor();

        await page.getByRole('link', { name: 'Close my account' }).click();
        await fill(page, 'Password', PASSWORD);
        await press(page, 'Close my account for good');
        await page.getByText('Your account is closed').waitFor();
        expect((await User.findOne())!.closedAt).to.not.equal(null);
      });
    });
  }

  it('leads back to the page that asked for the log-in', async () => {
    const { email } = await aMember();
    await browsing.withJavaScript.onDesktop(async (page) => {
      await page.goto('/account/password');
      await fill(page, 'E-mail address', email);
      await fill(page, 'Password', 'wrong');
      await press(page, 'Log in');
      await page.getByRole('alert').getByText('do not go together').waitFor();
      await fill(page, 'Password', PASSWORD);
      await press(page, 'Log in');
      await page.waitForURL('**/account/password');
    });
  });
});
