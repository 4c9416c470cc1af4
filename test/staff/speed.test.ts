import { expect } from 'chai';
import { QueryTypes } from 'sequelize';
import { onSqlite, sequelize } from '../../src/database.js';
import { AuditLog, Customer } from '../../src/models/index.js';
import { aProduct, aUser } from '../support/factories.js';
import { aLoggedInColleague } from '../support/members.js';
import { buy } from '../support/shopping.js';
import type { Visitor } from '../support/visitor.js';

const { options } = sequelize as unknown as { options: { logging: unknown } };

/** What a page asks the database, values and all. */
async function selectsOf(visitor: Visitor, path: string) {
  const selects: string[] = [];
  const before = options.logging;
  options.logging = (statement: string) => {
    const sql = statement.replace(/^Executed \([^)]*\): /, '').replace(/;$/, '');
    if (/^(SELECT|WITH)/.test(sql)) selects.push(sql);
  };
  try {
    expect((await visitor.get(path)).status, path).to.equal(200);
  } finally {
    options.logging = before;
  }
  return selects;
}

/** Reads a table from end to end, or sorts what it has read. An index walked in its own order stops at the page's end. */
async function slowStepsOf(sql: string) {
  const steps = await sequelize.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, {
    type: QueryTypes.SELECT,
  });
  return steps
    .map(({ detail }) => detail)
    .filter((detail) => /TEMP B-TREE FOR (ORDER|DISTINCT)|^SCAN (?!.*USING)/.test(detail))
    .filter((detail) => !/^SCAN (found|CONSTANT ROW|ShopSettings)/.test(detail));
}

async function somethingOfAll() {
  const { user, visitor } = await aLoggedInColleague();
  await aUser({ role: 'support' });
  for (let number = 1; number <= 52; number += 1) {
    const created = new Date(1_750_000_000_000 + number * 1000);
    const entry = { actorId: user.id, action: 'update', entity: 'coupons', entityId: 'x', created };
    await AuditLog.create(entry);
    await Customer.create({ userId: null, email: `c${number}@example.com`, totalOrders: number, created });
  }
  return { user, visitor };
}

describe('The lists of staff, customers and the books', () => {
  if (onSqlite) {
    it('are looked up in an index with every filter and on every page, and never sorted', async () => {
      const { user, visitor } = await somethingOfAll();
      const who = `actor=${user.id}`;
      const paths = ['', who, 'action=update', 'entity=coupons', `${who}&action=update`]
        .concat([`${who}&entity=coupons`, 'entity=coupons&action=update'])
        .concat([`${who}&entity=coupons&action=update`, `${who}&from=2020-01-01&to=2030-01-01`])
        .map((query) => `/admin/audit?${query}`)
        .concat(['/admin/customers', '/admin/customers?sort=orders', '/admin/customers?q=c1'])
        .concat(['/admin/users', '/admin/users?q=a']);
      const slow: string[] = [];
      for (const path of paths) {
        const next = (await visitor.get(path)).$('a[rel=next]').attr('href');
        for (const page of next ? [path, next] : [path])
          for (const sql of await selectsOf(visitor, page))
            for (const step of await slowStepsOf(sql)) slow.push(`${page}: ${step}`);
      }
      expect(slow).to.deep.equal([]);
    });

    it('find an entry by any choice of filters in the index of that choice', async () => {
      const { user, visitor } = await somethingOfAll();
      const values = { actor: user.id, entity: 'coupons', action: 'update' };
      for (const chosen of [
        ['actor'],
        ['entity'],
        ['action'],
        ['actor', 'entity'],
        ['actor', 'action'],
        ['entity', 'action'],
        ['actor', 'entity', 'action'],
      ] as (keyof typeof values)[][]) {
        const query = new URLSearchParams(chosen.map((name): [string, string] => [name, values[name]]));
        const selects = await selectsOf(visitor, `/admin/audit?${query.toString()}`);
        const entries = selects.find((sql) => /FROM `audit_logs`/.test(sql))!;
        const [step] = await sequelize.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${entries}`, {
          type: QueryTypes.SELECT,
        });
        const columns = chosen.map((name) => `${name}=?`).join(' AND ');
        expect(step!.detail, columns).to.contain(`idx_audit_logs_by_${chosen.join('_')} (${columns}`);
      }
    });

    it('begin one customer’s orders with the customer, not with the orders', async () => {
      await buy(await aProduct());
      const { visitor } = await aLoggedInColleague();
      const page = await visitor.get('/admin/customers');
      const selects = await selectsOf(visitor, page.$('tbody a').attr('href')!);
      const orders = selects.find((sql) => sql.includes('canonical_email'))!;
      const steps = await sequelize.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${orders}`, {
        type: QueryTypes.SELECT,
      });
      expect(steps[0]!.detail).to.contain('idx_purchases_email');
      expect(steps[1]!.detail).to.contain('idx_orders_purchase');
    });
  }

  it('ask as many questions for fifty rows as for two', async () => {
    const { visitor } = await aLoggedInColleague();
    const paths = ['/admin/audit', '/admin/customers', '/admin/users'];
    const counts = async () => {
      let count = 0;
      for (const path of paths) count += (await selectsOf(visitor, path)).length;
      return count;
    };
    await AuditLog.create({ actorId: null, action: 'update', entity: 'coupons', entityId: 'x' });
    await counts();
    const few = await counts();
    await somethingOfAll();
    expect(await counts()).to.be.at.most(few);
  });
});
