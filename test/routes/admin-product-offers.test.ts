import { expect } from 'chai';
import { ProviderOffer } from '../../src/models/index.js';
import { anOffer, aProduct } from '../support/factories.js';
import { expectRefusal } from '../support/members.js';
import { aColleague, booked } from '../support/staff.js';

const page = (id: string) => `/admin/products/${id}`;
const FORM = { provider: 'MobiMatter', provider_product_id: 'MM-1', cost: '2.00', priority: '1' };

describe('The offers of a plan', () => {
  it('are added by hand, changed and removed, each in the books', async () => {
    const plan = await aProduct();
    const { visitor } = await aColleague();
    const done = await visitor.post(`${page(plan.id)}/offers`, FORM);
    expect(done.location).to.equal(`${page(plan.id)}#offers`);
    const offer = await ProviderOffer.findOne({ rejectOnEmpty: true });
    expect(offer).to.include({ productId: plan.id, costMinor: 200, priority: 1, isAvailable: true });
    await visitor.post(`${page(plan.id)}/offers/${offer.id}`, { cost: '2.10', priority: '3' });
    expect(await offer.reload()).to.include({ costMinor: 210, priority: 3, isAvailable: false });
    await visitor.post(`${page(plan.id)}/offers/${offer.id}/removal`, {});
    expect(await ProviderOffer.count()).to.equal(0);
    expect((await booked('provider_offers')).map(({ action }) => action)).to.deep.equal([
      'create',
      'edit',
      'delete',
    ]);
  });

  it('cost less than the price, stand there once, and are not the plan’s own product', async () => {
    const plan = await aProduct({ providerProductId: 'own-1' });
    const { visitor } = await aColleague();
    const add = (change: object) => visitor.post(`${page(plan.id)}/offers`, { ...FORM, ...change });
    expectRefusal(await add({ cost: '4.50' }), 422, 'must cost less than the price of $4.50');
    expectRefusal(await add({ cost: 'x' }), 422, 'an amount like 12.50');
    expectRefusal(await add({ priority: '1001' }), 422, 'from 0 to 1000');
    expectRefusal(await add({ provider: 'Nobody' }), 422, 'wholesalers that we buy from');
    expectRefusal(await add({ provider: 'Airalo', provider_product_id: 'own-1' }), 422, 'the plan itself');
    await add({});
    const twice = await add({});
    expectRefusal(twice, 422, 'an offer of this plan already');
    expect(twice.$('#offer-sku').val()).to.equal('MM-1');
    const offer = await ProviderOffer.findOne({ rejectOnEmpty: true });
    const dear = { cost: '5', priority: '0' };
    expectRefusal(await visitor.post(`${page(plan.id)}/offers/${offer.id}`, dear), 422, 'must cost less');
    const stranger = await anOffer(await aProduct());
    expect((await visitor.post(`${page(plan.id)}/offers/${stranger.id}/removal`, {})).status).to.equal(404);
    expect(await ProviderOffer.count()).to.equal(2);
  });

  it('are suggested: as much or more from others, below the price, cheapest first; one press adds one', async () => {
    const plan = await aProduct({ coverage: ['JP', 'KR'], priceMinor: 900, costMinor: 500 });
    const better = { coverage: ['KR', 'JP', 'TW'], dataMb: null, duration: 30, priceMinor: 1500 };
    const other = (sku: string, values: object) =>
      aProduct({ provider: 'MobiMatter', providerProductId: sku, ...better, ...values });
    await other('dear', { costMinor: 899 });
    const cheap = await other('cheap', { costMinor: 300 });
    await anOffer(cheap, { provider: 'eSIM Card', providerProductId: 'through', costMinor: 400 });
    await other('too dear', { costMinor: 900 });
    await other('too short', { costMinor: 100, duration: 6 });
    await other('too little', { costMinor: 100, dataMb: 1023 });
    await other('elsewhere', { costMinor: 100, coverage: ['JP', 'TW'] });
    await other('in won', { costMinor: 100, currency: 'KRW' });
    await other('put away', { costMinor: 100, isActive: false, archivedAt: new Date() });
    await aProduct({ providerProductId: 'same house', ...better, costMinor: 100 });
    const { visitor } = await aColleague();
    const shown = await visitor.get(page(plan.id));
    const skus = shown.$('#offers .plain-list .code').toArray();
    expect(skus.map((one) => shown.$(one).text())).to.deep.equal(['cheap', 'through', 'dear']);

    const form = { provider: 'MobiMatter', provider_product_id: 'cheap', cost_minor: '300' };
    await visitor.post(`${page(plan.id)}/offers/suggestion`, form);
    expect(await ProviderOffer.findOne({ where: { productId: plan.id } })).to.include({
      providerProductId: 'cheap',
      costMinor: 300,
      priority: 0,
    });
    for (const gone of [form, { ...form, provider_product_id: 'too short' }, { ...form, cost_minor: '1' }])
      expectRefusal(
        await visitor.post(`${page(plan.id)}/offers/suggestion`, gone),
        409,
        'not there any more',
      );
  });
});
