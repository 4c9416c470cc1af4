import { expect } from 'chai';
import { aProduct, anOrder, aPurchase } from '../support/factories.js';
import {
  aDeliveredOrder,
  aFailedOrder,
  anAttempt,
  anOrderAtWork,
  aPaidOrder,
  aRefund,
} from '../support/orders.js';
import { aMember, logIn } from '../support/members.js';
import { statementsOf } from '../support/statements.js';
import { Visitor, type Page } from '../support/visitor.js';

async function staff(role: 'admin' | 'support' = 'support') {
  const visitor = new Visitor();
  await logIn(visitor, await aMember({ role }));
  return visitor;
}

const numbers = (page: Page) =>
  page
    .$('#orders tbody a[href^="/admin/orders/"]')
    .toArray()
    .map((link) => page.$(link).attr('href')!.slice('/admin/orders/'.length));

describe('The list of orders', () => {
  it('says so when there are none, and when none matches', async () => {
    const visitor = await staff();
    expect((await visitor.get('/admin/orders')).text).to.contain('No orders yet.');
    const none = await visitor.get('/admin/orders?status=failed&q=<b>');
    expect(none.text).to.contain('No order matches “<b>”.');
    expect(none.$('select[name=status] option[selected]').text()).to.equal('failed');
  });

  it('is filtered by status, payment, wholesaler, country and days, together', async () => {
    const japan = await aProduct();
    const korea = await aProduct({ country: 'KR', provider: 'MobiMatter' });
    const delivered = await aDeliveredOrder(japan);
    const paid = await aPaidOrder(korea, { created: new Date('2026-03-05T23:59:59Z') });
    const open = await anOrder(korea);
    const visitor = await staff();
    const find = async (query: string) => numbers(await visitor.get(`/admin/orders?${query}`));
    expect(await find('status=completed')).to.deep.equal([delivered.publicId]);
    expect(await find('payment_status=paid&country=KR')).to.deep.equal([paid.publicId]);
    expect(await find('provider=MobiMatter')).to.deep.equal([open.publicId, paid.publicId]);
    expect(await find('from=2026-03-05&to=2026-03-05')).to.deep.equal([paid.publicId]);
    expect(await find('to=2026-03-04')).to.deep.equal([]);
    expect(await find('status=failed&payment_status=refunded')).to.deep.equal([]);
    expect(await find('status=lost&country=XX&from=never&provider=')).to.have.length(3);
  });

  it('finds an order by whatever identifies it, and by its buyer', async () => {
    const purchase = await aPurchase({
      stripeSessionId: 'cs_test_findme',
      email: 'bob@example.org',
      canonicalEmail: 'bob@example.org',
    });
    const order = await anOrderAtWork(undefined, {
      purchaseId: purchase.id,
      customerEmail: 'Bob@example.org',
    });
    await purchase.update({ state: 'paid', paidAt: Date.now(), paymentIntent: 'pi_findme' });
    await anAttempt(order, { providerOrderId: 'AIR-77', state: 'succeeded' });
    await order.complete({ iccid: '8944123456789012345', lpa: 'LPA:1$smdp.example$FIND-ME' }, 'WO-4711');
    await aRefund(order, { reason: 'customer_request', stripeRefundId: 're_findme' });
    await aDeliveredOrder();
    const visitor = await staff();
    const terms = [
      '8944123456789012345',
      '8944123456',
      'WO-4711',
      'AIR-77',
      'cs_test_findme',
      'pi_findme',
      're_findme',
      purchase.id,
    ];
    for (const term of [
      ...terms,
      order.publicId,
      order.publicId.slice(0, 13).toUpperCase(),
      'Bob@example.org',
    ]) {
      const page = await visitor.get(`/admin/orders?q=${encodeURIComponent(term)}`);
      expect(numbers(page), term).to.deep.equal([order.publicId]);
      expect(page.html).to.not.contain('FIND-ME');
    }
    const alike = await visitor.get('/admin/orders?q=ali');
    expect(alike.$('#orders a:contains("alice@example.com")').attr('href')).to.contain(
      'q=alice%40example.com',
    );
    expect(numbers(await visitor.get('/admin/orders?q=alice%40example.com&status=failed'))).to.deep.equal([]);
    expect(numbers(await visitor.get('/admin/orders?q=alice%40example.com'))).to.have.length(1);
    for (const odd of ["'; DROP TABLE orders", '%', '\u0007', '\uFFFD', 'x'.repeat(5000)])
      expect((await visitor.get(`/admin/orders?q=${encodeURIComponent(odd)}&after=nowhere`)).status).to.equal(
        200,
      );
  });

  it('goes from page to page without losing the filter, or an order', async () => {
    const plan = await aProduct({ stock: 100 });
    for (let number = 0; number < 53; number += 1)
      await anOrder(plan, { created: new Date(1_770_000_000_000 + (number >> 1)) });
    await aFailedOrder();
    const visitor = await staff();
    const first = await visitor.get('/admin/orders?status=pending');
    const second = await visitor.get(first.$('a[rel=next]').attr('href')!);
    expect(new Set([...numbers(first), ...numbers(second)])).to.have.length(53);
    expect(second.$('select[name=status] option[selected]').text()).to.equal('pending');
    const part = await visitor.get('/admin/orders?status=pending', { 'HX-Request-Type': 'partial' });
    expect(part.html).to.match(/^<div id="orders"|^\s*<div id="orders"/);
  });

  it('marks what failed, and lets it be chosen', async () => {
    const failed = await aFailedOrder();
    await aDeliveredOrder();
    const page = await (await staff()).get('/admin/orders');
    const box = page.$('input[type=checkbox][form=bulk]');
    expect(box).to.have.length(1);
    expect(box.val()).to.equal(failed.publicId);
    expect(page.$('form#bulk').attr('action')).to.equal('/admin/orders/retries');
    expect(page.$('tr.row-bad')).to.have.length(1);
  });
});

/** Each list of the back office, with more rows than one. */
const LISTS = [
  '/admin/orders',
  '/admin/orders?status=completed',
  '/admin/orders?q=alice%40example.com',
  '/admin/reviews?state=shown',
  '/admin/contact-requests',
  '/admin/products',
  '/admin/coupons',
  '/admin/customers',
  '/admin/users',
  '/admin/audit',
  '/admin/emails',
  '/admin/automation-logs',
  '/admin/webhooks',
];

describe('A list of the back office', () => {
  it('asks the database as often for many rows as for one', async () => {
    const visitor = await staff('admin');
    const plan = await aProduct({ stock: 100 });
    const asked = async () => {
      const counts: Record<string, number> = {};
      for (const list of LISTS) counts[list] = (await statementsOf(() => visitor.get(list))).length;
      return counts;
    };
    await aDeliveredOrder(plan);
    const few = await asked();
    for (let number = 0; number < 12; number += 1) await aDeliveredOrder(plan);
    expect(await asked()).to.deep.equal(few);
    for (const [list, count] of Object.entries(few)) expect(count, list).to.be.at.most(9);
  });
});
