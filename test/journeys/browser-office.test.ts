import { expect } from 'chai';
import { AuditLog, Order, Refund } from '../../src/models/index.js';
import { browsing, describeInBrowser, type Page } from '../support/browser.js';
import { world } from '../support/environment.js';
import { eventually } from '../support/eventually.js';
import { aProduct } from '../support/factories.js';
import { aMember, PASSWORD } from '../support/members.js';
import { startBuying } from '../support/shopping.js';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** Four orders are delivered; the one of these that is looked for. */
async function delivered(): Promise<Order> {
  const plan = await aProduct({ name: 'Japan 3 GB for a week' });
  for (const email of ['ann@example.com', 'ben@example.com', 'cleo@example.com', 'dan@example.com']) {
    const { session } = await startBuying(plan, { email });
    world.stripe.pay(session);
  }
  await eventually(
    'all are delivered',
    async () => (await Order.count({ where: { status: 'completed' } })) === 4,
  );
  return Order.findOne({ where: { customerEmail: 'cleo@example.com' }, rejectOnEmpty: true });
}

describeInBrowser('The back office in a browser', () => {
  for (const [how, device] of Object.entries({
    'with JavaScript on a desktop': browsing.withJavaScript.onDesktop,
    'without JavaScript on a desktop': browsing.withoutJavaScript.onDesktop,
    'without JavaScript on a phone': browsing.withoutJavaScript.onPhone,
  })) {
    it(`finds a customer’s order by its ICCID and refunds it, ${how}`, async () => {
      const order = await delivered();
      const admin = await aMember({ role: 'admin' });
      await device(async (page) => {
        await page.goto('/admin/orders');
        await page.getByLabel('E-mail address').fill(admin.email);
        await page.getByLabel('Password').fill(PASSWORD);
        await press(page, 'Log in');
        await page.waitForURL('**/admin/orders');
        const rows = page.getByRole('region', { name: 'Orders' }).locator('tbody tr');
        expect(await rows.count()).to.equal(4);
        const search = page.locator('input[name=q]').last();
        await search.fill(order.esimIccid!);
        await search.press('Enter');
        await page.waitForURL(`**q=${order.esimIccid!}*`);
        await eventually('only the one is left', async () => (await rows.count()) === 1);
        await rows.first().getByRole('link').first().click();
        await page.getByRole('link', { name: 'Refund this order' }).click();

        await page.getByRole('heading', { name: 'Confirm it is you' }).waitFor();
        await page.getByLabel('Your password').fill(PASSWORD);
        await press(page, 'Confirm');
        await page.getByLabel('Why').fill('The phone knows no eSIM');
        await press(page, 'Refund');
        await page.waitForURL(`**/admin/orders/${order.publicId}**`);
        await eventually('Stripe gives it back', async () => (await order.reload()).status === 'refunded');
        await page.reload();
        await page.getByText('refunded').first().waitFor();
      });
      expect(await Refund.count()).to.equal(1);
      expect(await AuditLog.count({ where: { action: 'refund', actorId: admin.id } })).to.equal(1);
      expect(world.stripe.ledger().refunds.map(({ amount }) => amount)).to.deep.equal([order.amountMinor]);
    });
  }
});
