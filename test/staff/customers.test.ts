import { expect } from 'chai';
import { AuditLog, Customer, Order, Purchase } from '../../src/models/index.js';
import { aContactRequest, aProduct } from '../support/factories.js';
import { aLoggedInColleague, aLoggedInMember, aMember, confirm, expectRefusal } from '../support/members.js';
import { buy, startBuying } from '../support/shopping.js';
import { world } from '../support/environment.js';
import type { Page } from '../support/visitor.js';
import { work } from '../support/work.js';

const emailsOn = ({ $ }: Page) =>
  $('tbody tr')
    .toArray()
    .map((row) => $(row).find('a').first().text());

const aCustomer = (email: string, values: object = {}) => Customer.create({ userId: null, email, ...values });

const customerOf = (email: string) => Customer.findOne({ where: { email }, rejectOnEmpty: true });

async function anAdmin() {
  const admin = await aLoggedInColleague();
  await confirm(admin.visitor);
  return admin;
}

describe('Customers in the back office', () => {
  it('are listed by when they came or by how much they ordered, page after page', async () => {
    const { visitor } = await aLoggedInColleague({ role: 'support' });
    expect((await visitor.get('/admin/customers')).text).to.contain('Nobody has bought anything yet.');
    for (let number = 1; number <= 52; number += 1)
      await aCustomer(`c${number}@example.com`, {
        totalOrders: number % 7,
        totalSpent: { USD: 450, KRW: 9900 },
        created: new Date(1_750_000_000_000 + number * 1000),
      });
    for (const [sort, first] of [
      ['newest', 'c52@example.com'],
      ['orders', null],
    ] as const) {
      const page = await visitor.get(`/admin/customers?sort=${sort}`);
      const second = await visitor.get(page.$('a[rel=next]').attr('href')!);
      const emails = [...emailsOn(page), ...emailsOn(second)];
      expect(new Set(emails).size, sort).to.equal(52);
      expect(emailsOn(second)).to.have.length(2);
      if (first) expect(emails[0]).to.equal(first);
    }
    const most = await visitor.get('/admin/customers?sort=orders');
    expect(most.$('tbody tr').first().text()).to.match(/\b6\b/).and.to.contain('₩9,900 + $4.50');
  });

  it('are found by how their address begins', async () => {
    const { visitor } = await aLoggedInColleague();
    for (const email of [
      'mina@example.com',
      'mina.park@example.com',
      'minh@example.com',
      'jonas@example.com',
    ])
      await aCustomer(email);
    const found = async (q: string) => emailsOn(await visitor.get(`/admin/customers?q=${q}`));
    expect(await found('MINA')).to.have.members(['mina@example.com', 'mina.park@example.com']);
    expect(await found('mina@')).to.deep.equal(['mina@example.com']);
    expect(await found('ina')).to.deep.equal([]);
    expect(await found('%25')).to.deep.equal([]);
    expect(await found('m_n')).to.deep.equal([]);
  });

  it('are shown with orders, what they spent, questions, and the account', async () => {
    const { visitor: alice, user } = await aLoggedInMember({ email: 'alice@example.com' });
    const plan = await aProduct();
    await alice.put(plan);
    world.stripe.pay(await alice.startPaying());
    await work();
    await aContactRequest({ email: 'alice@example.com' });
    const { visitor } = await aLoggedInColleague({ role: 'support' });
    const list = await visitor.get('/admin/customers');
    const page = await visitor.get(list.$('tbody a').attr('href')!);
    for (const words of [plan.name, '$4.50', 'alice@example.com', 'connection', 'open'])
      expect(page.text).to.contain(words);
    expect(page.$(`a[href="/admin/users/${user.id}"]`)).to.have.length(1);
    expect(page.$('a[href$="/erasure"]')).to.have.length(0);
    expect((await visitor.get('/admin/customers/nobodyscustomer')).status).to.equal(404);
  });

  it('are erased by an admin, with the reason in the books and nothing of them left', async () => {
    await buy(await aProduct());
    const customer = await customerOf('alice@example.com');
    const { user, visitor } = await anAdmin();
    const path = `/admin/customers/${customer.id}/erasure`;
    expect((await visitor.get(path)).text).to.contain('It cannot be undone.');
    expectRefusal(await visitor.post(path, { reason: ' ' }), 422, 'Please say why');
    const done = await visitor.post(path, { reason: 'Asked by mail' });
    expect(done.location).to.equal(`/admin/customers/${customer.id}`);
    expect(await Purchase.count({ where: { canonicalEmail: 'alice@example.com' } })).to.equal(0);
    expect(await Order.count({ where: { customerEmail: 'alice@example.com' } })).to.equal(0);
    const entry = await AuditLog.findOne({ where: { action: 'erase' }, rejectOnEmpty: true });
    expect(entry).to.deep.include({
      actorId: user.id,
      entityId: customer.id,
      before: { erased: false },
      after: { erased: true, why: 'Asked by mail' },
    });
    const page = await visitor.get(done.location!);
    expect(page.text).to.contain('Somebody who was erased').and.to.not.contain('alice@');
    await visitor.post(path, { reason: 'Twice' });
    expect(await AuditLog.count({ where: { action: 'erase' } })).to.equal(1);
  });

  it('are not erased while something is under way, which is said in words', async () => {
    await buy(await aProduct());
    await startBuying(await aProduct());
    const customer = await customerOf('alice@example.com');
    const { visitor } = await anAdmin();
    const form = { reason: 'Asked by mail' };
    const refused = await visitor.post(`/admin/customers/${customer.id}/erasure`, form);
    expectRefusal(refused, 409, 'Something of theirs is still under way');
    expect(refused.$('.error-summary li')).to.have.length(1);
    expect(refused.$('textarea').val()).to.equal('Asked by mail');
    expect((await customer.reload()).email).to.equal('alice@example.com');
    expect(await AuditLog.count({ where: { action: 'erase' } })).to.equal(0);
    expect(await AuditLog.count({ where: { action: 'refused' } })).to.equal(1);
  });

  it('are not erased when they work here, by support, or without a confirmation', async () => {
    const colleague = await aMember({ role: 'support' });
    const customer = await aCustomer(colleague.email, { userId: colleague.id });
    const path = `/admin/customers/${customer.id}/erasure`;
    const form = { reason: 'Asked by mail' };
    const { visitor } = await aLoggedInColleague();
    expect((await visitor.post(path, form)).location).to.match(/^\/admin\/confirm.*stopped=1$/);
    await confirm(visitor);
    expect((await visitor.post(path, form)).status).to.equal(403);
    const support = await aLoggedInColleague({ role: 'support' });
    await confirm(support.visitor);
    expectRefusal(await support.visitor.post(path, form), 403, 'Only an admin may do this.');
    expect((await customer.reload()).email).to.equal(colleague.email);
  });
});
