import { expect } from 'chai';
import { Review } from '../../src/models/index.js';
import { browsing, describeInBrowser, type Page } from '../support/browser.js';
import { aProduct } from '../support/factories.js';
import { aMember, PASSWORD } from '../support/members.js';
import { aReview } from '../support/reviews.js';

const REVIEWS = 20;
const REASON = 'It is about another shop.';

/** Every fifth is to be rejected. */
const isBad = (number: number) => number % 5 === 0;

async function aQueue() {
  const plan = await aProduct({ stock: REVIEWS });
  for (let number = 1; number <= REVIEWS; number += 1)
    await aReview(plan, {
      title: `No. ${number}`,
      content: isBad(number) ? 'Visit https://maps.example' : 'Worked.',
      created: new Date(1_750_000_000_000 + number * 60_000),
    });
}

async function logIn(page: Page) {
  const { email } = await aMember({ role: 'support' });
  await page.goto('/admin/reviews');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByText(`waiting (${REVIEWS})`).waitFor();
}

async function expectJudged() {
  const reviews = await Review.findAll();
  const rejected = reviews
    .filter(({ rejectionReason }) => rejectionReason === REASON)
    .map(({ title }) => title);
  expect(rejected).to.have.members(['No. 5', 'No. 10', 'No. 15', 'No. 20']);
  expect(reviews.filter(({ isApproved }) => isApproved)).to.have.length(16);
}

describeInBrowser('Moderating twenty reviews in a browser', () => {
  it('takes the keyboard only', async () => {
    await aQueue();
    await browsing.withJavaScript.onDesktop(async (page) => {
      await logIn(page);
      const press = (key: string) => page.keyboard.press(key);
      const focused = (number: number) =>
        page
          .locator('.queue-item:focus')
          .getByRole('heading', { name: `No. ${number}`, exact: true })
          .waitFor();
      await focused(1);
      await press('j');
      await focused(2);
      await press('ArrowUp');
      await focused(1);

      // One by mistake, taken back.
      await press('a');
      await focused(2);
      await press('u');
      await page.getByText(`waiting (${REVIEWS})`).waitFor();
      await focused(1);

      for (let number = 1; number <= REVIEWS; number += 1) {
        await focused(number);
        await press(isBad(number) ? 'r' : 'a');
        if (isBad(number)) {
          await page.keyboard.type(REASON);
          await press('Enter');
        }
        await page.getByText(`waiting (${REVIEWS - number})`).waitFor();
      }
      await page.getByText('No reviews are waiting.').waitFor();
    });
    await expectJudged();
  });

  it('takes the keyboard only, ticked and judged together', async () => {
    await aQueue();
    await browsing.withJavaScript.onDesktop(async (page) => {
      await logIn(page);
      await page.locator('.queue-item:focus').waitFor();
      for (let number = 1; number <= 3; number += 1) {
        await page.keyboard.press('x');
        await page.keyboard.press('j');
      }
      await page.getByRole('button', { name: 'Show those ticked' }).press('Enter');
      await page.getByText(`waiting (${REVIEWS - 3})`).waitFor();
    });
    expect(await Review.count({ where: { isApproved: true } })).to.equal(3);
  });

  it('takes buttons alone without JavaScript', async () => {
    await aQueue();
    await browsing.withoutJavaScript.onPhone(async (page) => {
      await logIn(page);
      for (let number = 1; number <= REVIEWS; number += 1) {
        const item = page.locator('.queue-item').filter({ hasText: new RegExp(`No\\. ${number}\\b`) });
        if (isBad(number)) {
          await item.getByText('Reject…').click();
          await item.getByLabel('Why is it not shown?').fill(REASON);
          await item.getByRole('button', { name: 'Do not show this review' }).click();
        } else await item.getByRole('button', { name: 'Show this review' }).click();
        await page.getByText(`waiting (${REVIEWS - number})`).waitFor();
        if (number === 1) {
          await page.getByRole('button', { name: 'Undo' }).click();
          await page.getByText(`waiting (${REVIEWS})`).waitFor();
          await item.getByRole('button', { name: 'Show this review' }).click();
          await page.getByText(`waiting (${REVIEWS - 1})`).waitFor();
        }
      }
    });
    await expectJudged();
  });
});
