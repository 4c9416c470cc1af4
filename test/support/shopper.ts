import { expect } from 'chai';
import { translator } from '../../src/lib/i18n.js';
import type { Product } from '../../src/models/index.js';
import type { Page } from './browser.js';
import { world } from './environment.js';

const t = translator('en');

export const DECLINED_CARD = '4000 0000 0000 0002';

/** From the home page by links alone to the plan, and into the cart. */
export async function clickIntoCart(page: Page, plan: Product) {
  await page.goto('/');
  await page.locator('.destinations').getByRole('link', { name: 'Japan' }).click();
  await page.getByRole('link', { name: plan.name }).click();
  await addToCart(page);
}

export async function putInCart(page: Page, plan: Product, quantity = 1) {
  await page.goto(`/products/${plan.slug}`);
  await page.getByLabel(t('plan.quantity')).fill(String(quantity));
  await addToCart(page);
}

async function addToCart(page: Page) {
  await page.getByRole('button', { name: t('plan.addToCart') }).click();
  await page.waitForURL('**/cart');
}

/** From the cart to the payment page. */
export async function goToPay(page: Page, email = 'alice@example.com') {
  await page.getByRole('link', { name: t('cart.checkOut') }).click();
  await page.getByLabel(t('checkout.email')).fill(email);
  await agree(page);
  await payButton(page).click();
  await page.waitForURL(`${world.stripe.url}/**`);
}

/** Ticks the box that lets the code be mailed at once. */
export const agree = (page: Page) => page.getByLabel(t('withdrawal.consent')).check();

export const payButton = (page: Page) =>
  page.getByRole('button', { name: t('checkout.pay', { amount: '' }) });

export async function payByCard(page: Page, card?: string) {
  if (card) await page.getByLabel('Card number').fill(card);
  await page.getByRole('button', { name: 'Pay $' }).click();
}

/** Waits, as the buyer does, for a page that refreshes itself. */
export async function seeReady(page: Page) {
  await page.getByText(t('order.progress.ready.title')).waitFor();
  expect(new URL(page.url()).pathname).to.match(/^\/orders\/[0-9a-f-]{36}$/);
}

/** All the way, when something else is to be tested. */
export async function buy(page: Page, plan: Product, quantity = 1) {
  await putInCart(page, plan, quantity);
  await goToPay(page);
  await payByCard(page);
}
