import { expect } from 'chai';
import { Product } from '../../src/models/index.js';
import { csv, fileWith, ROW } from '../catalogue/price-lists.js';
import { browsing, describeInBrowser, type Page } from '../support/browser.js';
import { aProduct } from '../support/factories.js';
import { aMember, PASSWORD } from '../support/members.js';

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

async function comeIn(page: Page, path: string) {
  const { email } = await aMember({ role: 'admin' });
  await page.goto(`/login?next=${encodeURIComponent(path)}`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await press(page, 'Log in');
  await page.waitForURL(`**${path}`);
}

const LIST = csv(
  { price: '5.00' },
  { slug: 'fresh', name: '=HYPERLINK("https://evil.example")' },
  { slug: 'Not A Slug' },
  { slug: 'too-cheap', price: '1.90' },
  { slug: 'nowhere', country: 'ZZ' },
  { slug: 'no-days', duration: '0' },
  { slug: 'fresh' },
);

describeInBrowser('Products in a browser', () => {
  for (const [how, device] of Object.entries({
    'with JavaScript on a desktop': browsing.withJavaScript.onDesktop,
    'without JavaScript on a phone': browsing.withoutJavaScript.onPhone,
  })) {
    it(`come from a price list with five bad rows, ${how}`, async () => {
      const known = await aProduct({ slug: ROW.slug, name: ROW.name });
      await device(async (page) => {
        await comeIn(page, '/admin/products');
        await page.getByRole('link', { name: 'Import a price list' }).click();
        await page.getByLabel('CSV file').setInputFiles(fileWith(LIST));
        await press(page, 'Look at what would change');
        await page.getByText('nothing is changed yet').waitFor();
        const bad = page.getByRole('region', { name: 'Bad rows' }).locator('tbody tr');
        expect(await bad.locator('td').first().innerText()).to.equal('4');
        expect(await bad.count()).to.equal(5);
        await page.getByRole('cell', { name: '"1.90" must be above the cost of 1.90' }).waitFor();
        expect((await known.reload()).priceMinor).to.equal(450);

        await page.getByLabel(/^All or none/).check();
        await press(page, /^Import 2 plans/);
        await page.getByText('Nothing was imported: 5 rows could not be taken').waitFor();
        expect(await Product.count()).to.equal(1);

        await page.getByLabel(/^All or none/).uncheck();
        await press(page, /^Import 2 plans/);
        await page.getByText('Imported: 1 plan new, 1 changed, 0 unchanged, 5 bad rows left out.').waitFor();
        await page.getByRole('link', { name: 'To the products' }).click();
        await page.getByRole('link', { name: '=HYPERLINK("https://evil.example")' }).waitFor();
      });
      expect((await known.reload()).priceMinor).to.equal(500);
      expect(await Product.count()).to.equal(2);
    });

    it(`are changed in their rows, ${how}`, async () => {
      const plan = await aProduct({ name: 'Japan', stock: 4 });
      await aProduct({ name: 'Korea' });
      await device(async (page) => {
        await comeIn(page, '/admin/products');
        const row = page.locator(`#plan-${plan.id}`);
        await row.getByLabel('Price of Japan').fill('1.00');
        await row.getByRole('button', { name: 'Set' }).click();
        await page.getByText('The price must be above the cost.').waitFor();
        await row.getByLabel('Price of Japan').fill('5.25');
        await row.getByRole('button', { name: 'Set' }).click();
        await row.getByText('78%').or(row.getByText('77.71%')).first().waitFor();
        await row.getByLabel(/stock of Japan/).fill('+6');
        await row.getByRole('button', { name: 'Add' }).click();
        await row.locator('.stock').getByText('10').waitFor();
        await row.getByRole('button', { name: 'Switch off Japan' }).click();
        await row.getByText('Off', { exact: true }).waitFor();
        await row.getByRole('button', { name: 'Featured: Japan' }).click();
        await row.getByText('★').waitFor();
      });
      expect(await plan.reload()).to.include({
        priceMinor: 525,
        stock: 10,
        isActive: false,
        isFeatured: true,
      });
    });

    it(`are repriced together, ${how}`, async () => {
      const [one, other] = [await aProduct({ name: 'Japan' }), await aProduct({ name: 'Korea' })];
      await device(async (page) => {
        await comeIn(page, '/admin/products');
        await page.getByLabel('Choose Japan').check();
        await page.getByLabel('Choose Korea').check();
        await page.getByLabel('With the ticked plans').selectOption('reprice');
        await page.getByLabel('Percent, for prices').fill('10');
        await press(page, 'Look at it first…');
        await page.getByText('Change the price of 2 plans?').waitFor();
        await press(page, 'Change all 2 plans');
        await page.waitForURL('**/admin/products');
      });
      for (const plan of [one, other]) expect((await plan.reload()).priceMinor).to.equal(495);
    });
  }

  it('tell what is left of a price while it is typed', async () => {
    await browsing.withJavaScript.onDesktop(async (page) => {
      await comeIn(page, '/admin/products/new');
      await page.getByLabel('Price', { exact: true }).fill('10');
      await page.getByLabel('Cost', { exact: true }).fill('4');
      await page.getByText('60%').waitFor();
      await page.getByText('150%').waitFor();
    });
  });
});
