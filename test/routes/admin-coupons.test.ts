import { expect } from 'chai';
import { AuditLog, Coupon } from '../../src/models/index.js';

import { aCoupon, aProduct } from '../support/factories.js';
import { expectRefusal } from '../support/members.js';
import { buy } from '../support/shopping.js';
import { Visitor, type Page } from '../support/visitor.js';
import { aColleague } from '../support/staff.js';

const FORM = {
  code: 'summer26',
  type: 'percentage',
  discount_value: '12.5',
  usage_limit: '100',
  user_usage_limit: '1',
  valid_from: '2026-12-01T09:00',
  valid_until: '2027-01-01T00:00',
  zone: 'Asia/Seoul',
  is_active: 'yes',
};

const codes = (page: Page) =>
  page
    .$('tbody .code')
    .toArray()
    .map((cell) => page.$(cell).text());

const seenBy = async (visitor: Visitor, path: string) =>
  String((await visitor.get(path)).$('input[name=seen]').val());

describe('Coupons in the back office', () => {
  it('are created with their rules, times in any zone', async () => {
    const { visitor } = await aColleague();
    const plan = await aProduct();
    const values = {
      ...FORM,
      applicable_products: plan.slug,
      applicable_countries: 'jp kr',
      description: 'Newsletter',
    };
    const done = await visitor.post('/admin/coupons', values);
    const coupon = await Coupon.findOne({ rejectOnEmpty: true });
    expect(done.location).to.equal(`/admin/coupons/${coupon.id}?done=created`);
    expect(coupon).to.include({
      code: 'SUMMER26',
      discountBasisPoints: 1250,
      usageLimit: 100,
      validFrom: Date.UTC(2026, 11, 1, 0, 0),
      validUntil: Date.UTC(2026, 11, 31, 15, 0),
    });
    expect(coupon.applicableProducts).to.deep.equal([plan.id]);
    expect(coupon.applicableCountries).to.deep.equal(['JP', 'KR']);
    const page = await visitor.get(done.location!);
    expect(page.$('#valid_from').val()).to.equal('2026-12-01T00:00');
    expect(page.$('#zone').val()).to.equal('UTC');
    expect(await AuditLog.count({ where: { action: 'create', entityId: coupon.id } })).to.equal(1);
  });

  it('are refused with a sentence at each field, and what was typed stays', async () => {
    const { visitor } = await aColleague();
    await aCoupon({ code: 'TAKEN1' });
    const bad: [object, string][] = [
      [{ code: 'x' }, '6 to 12 letters'],
      [{ code: 'taken1' }, 'There is a coupon with this code already'],
      [{ discount_value: '0' }, 'A percentage is more than 0'],
      [{ discount_value: '100.01' }, 'A percentage is more than 0'],
      [{ type: 'fixed' }, 'Amounts need a currency'],
      [{ type: 'fixed', currency: 'KRW' }, 'amount'],
      [{ type: 'fixed', discount_value: '0', currency: 'USD' }, 'A fixed discount is more than 0'],
      [{ min_purchase_amount: '5' }, 'Amounts need a currency'],
      [{ usage_limit: '-1' }, 'A limit is a whole number'],
      [{ applicable_products: 'nowhere' }, 'There is no plan with one of these'],
      [{ applicable_countries: 'XX' }, 'country'],
      [{ valid_from: '2026-02-31T00:00' }, 'a date and a time that exist'],
      [{ valid_from: '2026-03-08T02:30', zone: 'America/New_York' }, 'a date and a time that exist'],
      [{ zone: 'Moon/Crater' }, 'a date and a time that exist'],
      [{ valid_until: '2026-11-01T00:00' }, 'must end after it begins'],
    ];
    for (const [values, sentence] of bad) {
      const page = await visitor.post('/admin/coupons', { ...FORM, ...values });
      expectRefusal(page, 422, sentence);
      expect(page.$('#code').val()).to.equal((values as { code?: string }).code ?? FORM.code);
    }
    expect(await Coupon.count()).to.equal(1);
    expect(await AuditLog.count({ where: { action: 'refused' } })).to.equal(bad.length);
  });

  it('are changed and switched, which is in the books, by admins alone', async () => {
    const { visitor } = await aColleague();
    const coupon = await aCoupon({ code: 'SPRING26', usageLimit: 5 });
    const path = `/admin/coupons/${coupon.id}`;
    const seen = await seenBy(visitor, path);
    await visitor.post(path, { ...FORM, code: 'SPRING26', usage_limit: '', seen });
    expect(await coupon.reload()).to.include({ usageLimit: null, discountBasisPoints: 1250 });
    const entry = await AuditLog.findOne({ where: { action: 'update' }, rejectOnEmpty: true });
    expect(entry.before).to.include({ usageLimit: 5 }).and.not.have.property('code');
    for (const to of ['off', 'off', 'on']) await visitor.post(`${path}/switch`, { to });
    expect((await coupon.reload()).isActive).to.equal(true);
    expect(await AuditLog.count({ where: { action: 'update' } })).to.equal(3);
    expectRefusal(await visitor.post(path, { ...FORM, code: 'no' }), 422, '6 to 12 letters');

    const support = (await aColleague('support')).visitor;
    expect((await support.get(path)).$('fieldset[disabled]')).to.have.length(1);
    for (const forbidden of [path, `${path}/switch`, '/admin/coupons', '/admin/coupons/batch'])
      expectRefusal(await support.post(forbidden, FORM), 403, 'Only an admin may do this.');
  });

  it('are not overwritten unread: a colleague’s change is shown, and what was typed stays', async () => {
    const { visitor } = await aColleague();
    const { visitor: colleague } = await aColleague();
    const coupon = await aCoupon({ code: 'SPRING26' });
    const path = `/admin/coupons/${coupon.id}`;
    const form = { ...FORM, code: 'SPRING26', description: 'Newsletter', seen: await seenBy(visitor, path) };
    await colleague.post(`${path}/switch`, { to: 'off' });
    const mistaken = await visitor.post(path, { ...form, code: 'no' });
    expect(mistaken.$('input[name=seen]').val()).to.equal(form.seen);
    for (const seen of [form.seen, '']) {
      const page = await visitor.post(path, { ...form, seen });
      expectRefusal(page, 409, 'A colleague changed this coupon since you opened it.');
      expect(page.text).to.contain('is active: now “”, you typed “yes”');
      expect(page.$('#description').val()).to.equal('Newsletter');
      expect(await coupon.reload()).to.include({ isActive: false, description: null });
    }
    await Coupon.increment('usageCount', { where: { id: coupon.id } });
    await visitor.post(path, { ...form, seen: await seenBy(visitor, path), is_active: '' });
    expect(await coupon.reload()).to.include({ isActive: false, description: 'Newsletter' });
  });

  it('for nothing are not made to be for everything by an empty field', async () => {
    const { visitor } = await aColleague();
    const coupon = await aCoupon({ code: 'SPRING26', applicableProducts: [], applicableCountries: [] });
    const path = `/admin/coupons/${coupon.id}`;
    const save = async (values: object) =>
      visitor.post(path, { ...FORM, code: 'SPRING26', seen: await seenBy(visitor, path), ...values });
    expect((await visitor.get(path)).text)
      .to.contain('for no plan at all')
      .and.contain('for no country');
    expect((await save({ description: 'Newsletter' })).status).to.equal(303);
    await coupon.reload();
    expect([coupon.applicableProducts, coupon.applicableCountries]).to.deep.equal([[], []]);
    await save({ applicable_countries: 'jp' });
    await save({ applicable_countries: '' });
    expect((await coupon.reload()).applicableCountries).to.equal(null);
  });

  it('are generated by the thousand, each works once and none can be guessed', async () => {
    const { visitor } = await aColleague();
    const form = { ...FORM, prefix: 'xm', count: '1000' };
    const began = Date.now();
    const done = await visitor.post('/admin/coupons/batch', form);
    expect(done.location).to.equal('/admin/coupons?q=XM&generated=1000');
    expect(Date.now() - began).to.be.below(10_000);
    const all = await Coupon.findAll();
    expect(new Set(all.map(({ code }) => code)).size).to.equal(1000);
    for (const coupon of all) {
      expect(coupon.code).to.match(/^XM[A-HJ-NP-Z2-9]{10}$/);
      expect(coupon).to.include({ usageLimit: 1, userUsageLimit: 1, discountBasisPoints: 1250 });
    }
    expect(await AuditLog.count({ where: { action: 'generate' } })).to.equal(1);
    for (const [values, sentence] of [
      [{ count: '10001' }, '1 to 10,000'],
      [{ count: '0' }, '1 to 10,000'],
      [{ prefix: 'ABCDE' }, 'up to 4 letters'],
      [{ valid_until: '2020-01-01T00:00' }, 'must end after it begins'],
    ] as const)
      expectRefusal(await visitor.post('/admin/coupons/batch', { ...form, ...values }), 422, sentence);
    expect(await Coupon.count()).to.equal(1000);
  });

  it('are not generated when their lists of plans would be too long together', async () => {
    const { visitor } = await aColleague();
    const plans: string[] = [];
    for (let number = 0; number < 11; number += 1) plans.push((await aProduct()).id);
    const form = { ...FORM, prefix: 'xm', count: '10000', applicable_products: plans.join('\n') };
    expectRefusal(await visitor.post('/admin/coupons/batch', form), 422, 'may be 100,000 at most');
    expect(await Coupon.count()).to.equal(0);
    expect((await visitor.post('/admin/coupons/batch', { ...form, count: '9' })).status).to.equal(303);
  });

  it('are listed by state and by how they begin, page after page', async () => {
    const { visitor } = await aColleague('support');
    const now = Date.now();
    await aCoupon({ code: 'ACTIVE1' });
    await aCoupon({ code: 'ENDED01', validFrom: now - 9000, validUntil: now - 1000 });
    await aCoupon({ code: 'USEDUP1', usageLimit: 0 });
    await aCoupon({ code: 'OFF0001', isActive: false });
    const list = async (query: string) => codes(await visitor.get(`/admin/coupons?${query}`));
    expect(await list('state=active')).to.deep.equal(['ACTIVE1']);
    expect(await list('state=expired')).to.deep.equal(['ENDED01']);
    expect(await list('state=used+up')).to.deep.equal(['USEDUP1']);
    expect(await list('state=off')).to.deep.equal(['OFF0001']);
    expect(await list('q=used')).to.deep.equal(['USEDUP1']);
    expect(await list('q=used&state=off')).to.deep.equal([]);
    expect(await list('q=%25&state=x&after=x')).to.have.length(4);
    for (let number = 10; number < 65; number += 1) await aCoupon({ code: `MANY${number}` });
    for (const query of ['', 'q=MANY', 'state=active']) {
      const first = await visitor.get(`/admin/coupons?${query}`);
      const second = await visitor.get(first.$('a[rel=next]').attr('href')!);
      const both = [...codes(first), ...codes(second)];
      expect(new Set(both).size).to.equal(both.length);
      expect(both.filter((code) => code.startsWith('MANY'))).to.have.length(55);
    }
  });

  it('warn where they sell below cost', async () => {
    const { visitor } = await aColleague('support');
    const plan = await aProduct({ priceMinor: 450, costMinor: 400 });
    const { id } = await aCoupon({ discountBasisPoints: 2000 });
    expect((await visitor.get(`/admin/coupons/${id}`)).text)
      .to.contain('sold for less than they cost')
      .and.to.contain(plan.name);
    const mild = await aCoupon({ discountBasisPoints: 1000 });
    expect((await visitor.get(`/admin/coupons/${mild.id}`)).text).to.not.contain('sold for less');
  });

  it('say who used them, with the orders', async () => {
    const plan = await aProduct();
    const coupon = await aCoupon();
    const alice = new Visitor();
    await alice.put(plan);
    await alice.post('/cart/coupon', { code: coupon.code });
    await alice.startPaying();
    const { visitor } = await aColleague('support');
    const page = await visitor.get(`/admin/coupons/${coupon.id}`);
    expect(page.text).to.contain('held').and.to.contain('alice@example.com').and.to.contain('$0.45');
    expect(page.$('tbody a[href^="/admin/orders/"]')).to.have.length(1);
  });
});

describe('Why not?', () => {
  it('says what the checkout would say, and how far it got', async () => {
    const { visitor } = await aColleague('support');
    const plan = await aProduct();
    const korea = await aProduct({ country: 'KR' });
    const ask = (values: object) =>
      visitor.get(
        `/admin/coupons/check?${new URLSearchParams({ plans: plan.slug, email: '', ...values }).toString()}`,
      );
    const outcomes = (page: Page) =>
      page
        .$('ol .badge')
        .toArray()
        .map((badge) => page.$(badge).text());
    expect((await ask({ code: 'NOSUCH1' })).text).to.contain('We do not know this coupon code.');
    const off = await aCoupon({ isActive: false });
    const page = await ask({ code: off.code });
    expect(page.text).to.contain('This coupon is not active.');
    expect(outcomes(page).slice(0, 3)).to.deep.equal(['passed', 'failed', 'not asked']);
    const far = await aCoupon({ applicableCountries: ['KR'] });
    expect((await ask({ code: far.code })).text).to.contain('does not apply to the destinations');
    expect((await ask({ code: far.code, plans: `${plan.slug} ${korea.id}` })).text).to.contain(
      'It takes off $0.45.',
    );
    const dear = await aCoupon({ minPurchaseAmountMinor: 900, currency: 'USD' });
    expect((await ask({ code: dear.code })).text).to.contain('needs a purchase of at least $9.00');
    expectRefusal(await ask({ code: far.code, plans: 'nowhere' }), 422, 'There is no plan');
    expectRefusal(await ask({ code: 'x' }), 422, '6 to 12 letters');
    expect((await visitor.get('/admin/coupons/check')).status).to.equal(200);
  });

  it('knows what a buyer has used, by address', async () => {
    const plan = await aProduct();
    const { code } = await aCoupon();
    const alice = new Visitor();
    await alice.put(plan);
    await alice.post('/cart/coupon', { code });
    await alice.startPaying();
    await buy(plan);
    const { visitor } = await aColleague('support');
    const ask = async (email: string) =>
      (await visitor.get(`/admin/coupons/check?code=${code}&plans=${plan.slug}&email=${email}`)).text;
    expect(await ask('Alice@example.com')).to.contain('You have already used this coupon.');
    expect(await ask('bob@example.com')).to.contain('It takes off $0.45.');
    expect((await Coupon.findOne())!.usageCount).to.equal(1);
  });
});
