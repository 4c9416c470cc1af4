import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPriceList } from '../../src/catalogue/import/read-price-list.js';
import { tx } from '../../src/database.js';
import { AuditLog, Export, Review } from '../../src/models/index.js';
import { dataDir } from '../support/environment.js';
import { aCoupon, aProduct, anOrder } from '../support/factories.js';
import { aMember, confirm, expectRefusal, logIn } from '../support/members.js';
import { aDeliveredOrder } from '../support/orders.js';
import { aReview } from '../support/reviews.js';
import { Visitor } from '../support/visitor.js';

async function staff(role: 'admin' | 'support' = 'admin') {
  const user = await aMember({ role });
  const visitor = new Visitor();
  await logIn(visitor, user);
  await confirm(visitor);
  return { user, visitor };
}

async function exported(visitor: Visitor, form: Record<string, string>) {
  const { location } = await visitor.post('/admin/exports', form);
  const page = await visitor.get(location!);
  const { html, headers } = await visitor.get(page.$('a[download]').attr('href')!);
  const rows: Record<string, string>[] = parse(html, { bom: true, columns: true });
  return { location: location!, html, rows, headers };
}

describe('An export', () => {
  it('holds the orders of the list, as decimals and UTC, and no code', async () => {
    const { user, visitor } = await staff();
    await anOrder(await aProduct());
    const order = await aDeliveredOrder(await aProduct({ country: 'KR' }), { customerName: '=1+1' });
    const asked = { kind: 'orders', status: 'completed', country: 'KR' };
    const { location, rows, html, headers } = await exported(visitor, asked);
    expect(headers.get('content-disposition')).to.match(/filename="?orders-\d{4}-\d\d-\d\d\.csv/);
    expect(rows).to.have.length(1);
    expect(rows[0]).to.include({
      order_id: order.publicId,
      amount: '4.50',
      currency: 'USD',
      created: order.created.toISOString(),
      iccid: order.esimIccid!,
      customer_name: `'=1+1`,
    });
    expect(html).to.not.contain('LPA:');
    const file = await Export.findOne({ rejectOnEmpty: true });
    expect(file).to.include({ state: 'done', rowsTotal: 1, rowsDone: 1, actorId: user.id });
    expect((await visitor.get(location)).text).to.contain('Downloaded.');
    const entries = await AuditLog.findAll({ where: { entity: 'exports' }, order: ['created'] });
    expect(entries.map(({ action }) => action)).to.deep.equal(['export', 'download']);
    expect(entries[0]!.after).to.deep.equal({
      kind: 'orders',
      filter: { status: 'completed', country: 'KR' },
      rows: 1,
    });
  });

  it('of products can be imported again, formulas and all', async () => {
    const { visitor } = await staff();
    const plan = await aProduct({
      name: '=SUM(A1) plan',
      coverage: ['JP', 'KR'],
      phoneNumber: '+82 number',
      features: ['5G', 'Hotspot'],
    });
    await aProduct({ stock: 0, currency: 'KRW', dataMb: null, dataLimit: 'Unlimited' });
    const { html } = await exported(visitor, { kind: 'products' });
    expect(html).to.contain(`'=SUM(A1) plan`);
    const file = join(dataDir, 'again.csv');
    writeFileSync(file, html);
    const list = await readPriceList(file, { read() {}, written() {} });
    expect(list.problems).to.deep.equal([]);
    expect(list.plans).to.have.length(2);
    const { name, coverage, phoneNumber, features, priceMinor, stock } = plan;
    expect(list.plans.find(({ slug }) => slug === plan.slug)).to.deep.include({
      name,
      coverage,
      phoneNumber,
      features,
      priceMinor,
      stock,
    });
  });

  it('reads every batch to its end, and every kind', async () => {
    const { visitor } = await staff();
    const plan = await aProduct({ stock: 2000 });
    const review = await aReview(plan, { content: 'Mine was LPA:1$smdp.example$CODE-77 and worked' });
    await aCoupon();
    for (const kind of ['customers', 'reviews', 'coupons', 'audit', 'products'])
      await exported(visitor, { kind });
    const { rows, html } = await exported(visitor, { kind: 'reviews' });
    expect(rows).to.have.length(await Review.count());
    expect(html).to.contain('(activation code)').and.not.contain('CODE-77');
    expect((await review.reload()).content).to.contain('CODE-77');
    await tx(async () => {
      for (let number = 0; number < 501; number += 1) await aCoupon();
    });
    const coupons = await exported(visitor, { kind: 'coupons' });
    expect(new Set(coupons.rows.map(({ code }) => code))).to.have.length(502);
    const audit = await exported(visitor, { kind: 'audit' });
    expect(audit.rows.map(({ action }) => action)).to.include.members(['export', 'download']);
  });

  it('is an admin’s alone, of something that there is', async () => {
    const { visitor } = await staff('support');
    expectRefusal(
      await visitor.post('/admin/exports', { kind: 'orders' }),
      403,
      'Only an admin may do this.',
    );
    expect((await visitor.get('/admin/orders')).$('form[action="/admin/exports"]')).to.have.length(0);
    const admin = await staff();
    expectRefusal(
      await admin.visitor.post('/admin/exports', { kind: 'passwords' }),
      422,
      'Please choose what the file is to hold.',
    );
    expect(await Export.count()).to.equal(0);
    expect(await AuditLog.count({ where: { action: 'refused' } })).to.equal(2);
    expect((await admin.visitor.get('/admin/exports/nobodysexport00/file')).status).to.equal(404);
  });
});
