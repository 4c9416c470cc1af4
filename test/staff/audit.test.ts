import { expect } from 'chai';
import { DAY, HOUR } from '../../src/lib/clock.js';
import { AuditLog, type User } from '../../src/models/index.js';
import { aLoggedInColleague, aMember } from '../support/members.js';
import type { Page } from '../support/visitor.js';

const NOON = Date.UTC(2026, 0, 10, 12);

let count = 0;
const anEntry = (actor: User | null, values: object = {}) =>
  AuditLog.create({
    actorId: actor?.id ?? null,
    action: 'update',
    entity: 'coupons',
    entityId: `row${(count += 1)}`,
    created: new Date(NOON),
    ...values,
  });

const rowsOf = ({ $ }: Page) =>
  $('tbody tr')
    .toArray()
    .map((row) => $(row).text().replace(/\s+/g, ' ').trim());

describe('What staff did', () => {
  it('stands with the newest first, before and after beside each other, page after page', async () => {
    const { user, visitor } = await aLoggedInColleague({ role: 'support' });
    expect((await visitor.get('/admin/audit')).text).to.contain('Staff has not changed anything yet.');
    for (let number = 1; number <= 51; number += 1)
      await anEntry(user, { entityId: `no${number}`, created: new Date(NOON + number * 1000) });
    await anEntry(null, {
      entity: 'esim_products',
      created: new Date(NOON + HOUR),
      before: { priceMinor: 450, features: ['5G'], name: 'Old' },
      after: { priceMinor: 499, features: [], name: '<b>New</b>' },
    });
    const first = await visitor.get('/admin/audit');
    expect(rowsOf(first)).to.have.length(50);
    const newest = first.$('tbody tr').first();
    expect(newest.text()).to.contain('the server');
    expect(newest.find('dt').text()).to.equal('featuresnameprice minor');
    expect(newest.find('del').text()).to.equal('5GOld450');
    expect(newest.find('ins').text()).to.equal('nothing<b>New</b>499');
    const second = await visitor.get(first.$('a[rel=next]').attr('href')!);
    expect(rowsOf(second)).to.have.length(2);
    expect(second.$('tbody tr').last().find('span.code').text()).to.equal('no1');
    expect(second.$('a[rel=next]')).to.have.length(0);
  });

  it('is chosen by who, what, which table and when, one and all together', async () => {
    const { user, visitor } = await aLoggedInColleague();
    const other = await aMember({ role: 'support' });
    await anEntry(user, { action: 'refund', entity: 'orders' });
    await anEntry(other, { action: 'refund', entity: 'orders', created: new Date(NOON + DAY) });
    await anEntry(other, { action: 'approve', entity: 'reviews', created: new Date(NOON - DAY) });
    await anEntry(other);
    const shown = async (query: string) => rowsOf(await visitor.get(`/admin/audit?${query}`)).length;
    expect(await shown('')).to.equal(4);
    expect(await shown(`actor=${other.id}`)).to.equal(3);
    expect(await shown('action=refund')).to.equal(2);
    expect(await shown('entity=reviews')).to.equal(1);
    expect(await shown(`actor=${other.id}&action=refund&entity=orders`)).to.equal(1);
    expect(await shown('from=2026-01-10')).to.equal(3);
    expect(await shown('to=2026-01-10')).to.equal(3);
    expect(await shown('from=2026-01-10&to=2026-01-10')).to.equal(2);
    expect(await shown(`from=2026-01-11&actor=${other.id}&action=refund`)).to.equal(1);
    const page = await visitor.get(`/admin/audit?actor=${other.id}&from=2026-01-10`);
    expect(page.$('#actor option:selected').text()).to.equal(other.email);
    expect(page.$('#from').val()).to.equal('2026-01-10');
    expect(
      page
        .$('#action option')
        .toArray()
        .map((option) => page.$(option).text()),
    ).to.deep.equal(['anything', 'approve', 'refund', 'update']);
    expect((await visitor.get('/admin/audit?action=nothing')).text).to.contain('Nothing like that');
  });

  it('takes no notice of what it cannot read', async () => {
    const { user, visitor } = await aLoggedInColleague();
    await anEntry(user);
    for (const odd of [
      'from=yesterday',
      'to=2026-02-31',
      "actor='--",
      'entity[]=orders',
      'after=1e99-aaaaaaaaaaaaaaa',
      `action=${'x'.repeat(200)}`,
      'action=%ED%A0%80',
    ])
      expect(rowsOf(await visitor.get(`/admin/audit?${odd}`)), odd).to.have.length(1);
  });

  it('has what somebody tried and was refused', async () => {
    const { visitor } = await aLoggedInColleague({ role: 'support' });
    await visitor.post('/admin/settings', { shop_name: 'Mine' });
    const page = await visitor.get('/admin/audit?action=refused');
    expect(rowsOf(page)[0]).to.contain('/admin/settings').and.to.contain('403');
  });
});
