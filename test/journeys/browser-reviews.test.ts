import { expect } from 'chai';
import { Review, User } from '../../src/models/index.js';
import { keptOrders } from '../../src/reviews/who-may-review.js';
import { browsing, describeInBrowser, type Page } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { aProduct } from '../support/factories.js';
import { aMember, logIn, PASSWORD } from '../support/members.js';
import { aPhoto, forgetPhotos } from '../support/photos.js';
import { aReviewBy, buyAs } from '../support/reviewers.js';
import { Visitor } from '../support/visitor.js';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function logInAt(page: Page, { email }: User, path = '/login') {
  await page.goto(path);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await press(page, 'Log in');
}

/** Somebody who has bought a plan. */
async function aBuyerOf(plan: Awaited<ReturnType<typeof aProduct>>, name: string) {
  const user = await aMember({ name });
  const visitor = new Visitor();
  await logIn(visitor, user);
  await buyAs(visitor, plan);
  await eventually('the eSIM is delivered', async () => (await keptOrders({ userId: user.id })).length > 0);
  return user;
}

const aFile = async (name: string, width: number) => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await aPhoto(width, 80),
});

describeInBrowser('Reviews in a browser', () => {
  beforeEach(forgetPhotos);

  for (const [name, device] of Object.entries({
    'with JavaScript on a phone': browsing.withJavaScript.onPhone,
    'without JavaScript on a desktop': browsing.withoutJavaScript.onDesktop,
  })) {
    it(`are written with photos, mended, shown by staff, and removed, by links and forms alone, ${name}`, async () => {
      const plan = await aProduct();
      const alice = await aBuyerOf(plan, 'Alice Liddell');
      const support = await aMember({ role: 'support' });
      await device(async (page) => {
        await logInAt(page, alice, `/products/${plan.slug}/reviews/new`);
        await page.getByRole('radio', { name: '4 stars' }).check();
        await page.getByLabel('Your review').last().fill('Five bars in Kyoto.');
        await page.getByLabel('Photos').setInputFiles({
          name: 'page.jpg',
          mimeType: 'image/jpeg',
          buffer: Buffer.from('<html>'),
        });
        await press(page, 'Send my review');
        await page.getByRole('alert').getByText('could not read one of the photos').waitFor();
        expect(await page.getByRole('radio', { name: '4 stars' }).isChecked()).to.equal(true);
        await page.getByLabel('Photos').setInputFiles([await aFile('a.jpg', 100), await aFile('b.jpg', 90)]);
        await press(page, 'Send my review');
        await page.getByText('Thank you! Your review is waiting for approval.').waitFor();

        await page.getByRole('link', { name: `Change ${plan.name}` }).click();
        await page.getByLabel('Remove photo 1').check();
        await page.getByLabel('Headline').fill('Fast');
        await press(page, 'Save the changes');
        await page.getByText('Your review is changed').waitFor();
        expect(await page.locator('.review-photos img').count()).to.equal(1);
      });
      await device(async (page) => {
        await logInAt(page, support, '/admin/reviews');
        await press(page, 'Show this review');
        await page.getByText('No reviews are waiting.').waitFor();
      });
      await device(async (page) => {
        await page.goto(`/products/${plan.slug}`);
        await page.locator('.review').getByText('Five bars in Kyoto.').waitFor();
        const photo = page.getByRole('img', { name: 'Photo 1 of a traveller’s review' });
        await photo.scrollIntoViewIfNeeded();
        await photo.evaluate((image) => (image as unknown as { decode: () => Promise<void> }).decode());

        await logInAt(page, alice, '/account/reviews');
        await page.getByRole('link', { name: `Remove ${plan.name}` }).click();
        await press(page, 'Remove it for good');
        await page.getByText('Your review is removed.').waitFor();
      });
      expect(await Review.count()).to.equal(0);
    });

    it(`are sorted, filtered and found helpful, ${name}`, async () => {
      const plan = await aProduct();
      const alice = await aBuyerOf(plan, 'Alice');
      await (await aReviewBy(alice, plan)).approve();
      const bob = await aBuyerOf(plan, 'Bob');
      const second = await aReviewBy(bob, plan);
      await second.update({ rating: 2, content: 'It was slow.' });
      await second.approve();
      const reader = await aMember();
      await device(async (page) => {
        await page.goto(`/products/${plan.slug}`);
        await page.getByRole('link', { name: /^2 stars/ }).click();
        await page.getByText('Mine alone.').waitFor({ state: 'detached' });
        await page.getByText('It was slow.').waitFor();
        await page.getByRole('combobox', { name: 'Stars' }).selectOption('All stars');
        await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Highest rating');
        if (await page.getByRole('button', { name: 'Apply' }).isVisible()) await press(page, 'Apply');
        const first = page.locator('.review .as-typed').first();
        await eventually('the best comes first', async () => (await first.innerText()) === 'Mine alone.');

        await page.getByRole('link', { name: 'Log in to find it helpful' }).last().click();
        await page.getByLabel('E-mail address').fill(reader.email);
        await page.getByLabel('Password').fill(PASSWORD);
        await press(page, 'Log in');
        await page.waitForURL(`**/products/${plan.slug}/reviews#review-${second.id}`);
        const review = page.locator(`#review-${second.id}`);
        await review.getByRole('button', { name: 'Helpful', exact: true }).click();
        await review.getByText('1 person found this helpful').waitFor();
        await review.getByRole('button', { name: 'You found this helpful' }).click();
        await review.getByText('1 person found this helpful').waitFor({ state: 'detached' });
      });
      expect((await second.reload()).helpfulCount).to.equal(0);
    });
  }
});
