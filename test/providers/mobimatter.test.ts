import { expect } from 'chai';
import { MobiMatter, ProviderError } from '../../src/providers/index.js';
import {
  aDeadAddress,
  aMobiMatterOrder,
  aPurchase,
  aWholesaler,
  ICCID,
  LPA,
  REFERENCE,
  withoutDatabase,
} from './support.js';
import type { Reply, Wholesaler } from './support.js';

const CREATED: Reply = { json: { statusCode: 200, result: { orderId: 'MM-1' } } };

const mobiMatterAt = (baseUrl: string) =>
  new MobiMatter({ baseUrl, apiKey: 'key', merchantId: 'merchant', timeouts: { buy: 150 } });

const answered = (overrides = {}): Reply => ({ json: { result: aMobiMatterOrder(overrides) } });

const badRequest = (message: string): Reply => ({ status: 400, json: { statusCode: 400, message } });

describe('Buying at MobiMatter', () => {
  let there: Wholesaler;
  let mobiMatter: MobiMatter;
  beforeEach(async () => {
    there = await aWholesaler();
    mobiMatter = mobiMatterAt(there.url);
  });
  afterEach(() => there.close());

  const answering = (created: Reply, completed: Reply = { status: 500, text: '' }) =>
    (there.script = { 'POST /order': created, 'PUT /order/complete': completed });

  it('holds, then completes, and delivers', async () => {
    answering(CREATED, answered());

    expect(await mobiMatter.buy(aPurchase())).to.deep.equal({
      kind: 'bought',
      esim: { iccid: ICCID, lpa: LPA, apn: 'internet' },
      providerOrderId: 'MM-1',
      costMinor: 540,
    });
    const [create, complete] = there.calls;
    expect(create!.body).to.deep.equal({
      productId: 'a-sku',
      productCategory: 'esim_realtime',
      label: REFERENCE,
    });
    expect(create!.headers).to.include({ 'api-key': 'key', merchantid: 'merchant' });
    expect(complete!.body).to.deep.equal({ orderId: 'MM-1' });
  });

  it('has the order noted before it completes it', async () => {
    answering(CREATED, answered());
    const routesWhenNoted: string[][] = [];
    const noteProviderOrder = async () => void routesWhenNoted.push(there.routes());

    await mobiMatter.buy(aPurchase({ noteProviderOrder }));

    expect(routesWhenNoted).to.deep.equal([['POST /order']]);
  });

  it('completes nothing that could not be noted', async () => {
    answering(CREATED, answered());

    expect((await mobiMatter.buy(aPurchase({ noteProviderOrder: withoutDatabase }))).kind).to.equal(
      'unknown',
    );
    expect(there.routes()).to.deep.equal(['POST /order']);
  });

  it('waits for an order in the making and for a missing code', async () => {
    const pending = { kind: 'pending', providerOrderId: 'MM-1' };

    answering(CREATED, answered({ orderState: 'Processing' }));
    expect(await mobiMatter.buy(aPurchase())).to.deep.equal(pending);
    answering(CREATED, answered({ orderLineItem: { productId: 'a-sku', lineItemDetails: [] } }));
    expect(await mobiMatter.buy(aPurchase())).to.deep.equal(pending);
  });

  it('puts the code together from its parts', async () => {
    const lineItemDetails = [
      { name: 'ICCID ', value: ICCID },
      { name: 'SMDP_ADDRESS', value: 'smdp.example.com' },
      { name: 'ACTIVATION_CODE', value: 'ABC-123' },
      { name: 'CONF_CODE', value: '4711' },
    ];
    answering(CREATED, answered({ orderLineItem: { productId: 'a-sku', lineItemDetails } }));

    expect(await mobiMatter.buy(aPurchase())).to.deep.include({
      kind: 'bought',
      esim: { iccid: ICCID, lpa: LPA, confirmationCode: '4711' },
      costMinor: null,
    });
  });

  for (const [what, overrides] of Object.entries({
    'another product': { orderLineItem: { productId: 'another', lineItemDetails: [] } },
    'another order': { orderId: 'MM-2' },
    'another reference': { label: 'another' },
    'an unexpected state': { orderState: 'Failed' },
    'a cancelled order': { orderState: 'Cancelled' },
  })) {
    it(`does not deliver ${what}`, async () => {
      answering(CREATED, answered(overrides));

      expect((await mobiMatter.buy(aPurchase())).kind).to.equal('unknown');
    });
  }

  const refusals: [number, string][] = [
    [401, 'misconfigured'],
    [402, 'insufficient_balance'],
    [403, 'misconfigured'],
    [429, 'out_of_stock'],
    [455, 'temporarily_unavailable'],
  ];
  for (const [status, why] of refusals) {
    it(`takes ${status} as ${why} at either step, whatever the body says`, async () => {
      const refusal: Reply = {
        status,
        json: { statusCode: 400, message: 'no' },
        headers: { 'Retry-After': '1' },
      };
      answering(refusal);
      expect(await mobiMatter.buy(aPurchase())).to.include({ kind: 'rejected', why });
      answering(CREATED, refusal);
      expect(await mobiMatter.buy(aPurchase())).to.include({ kind: 'rejected', why });
    });
  }

  it('takes a 400 as a refusal when creating only', async () => {
    answering(badRequest('Product not assigned to merchant'));
    expect(await mobiMatter.buy(aPurchase())).to.include({ kind: 'rejected', why: 'invalid_product' });
    answering(badRequest('label is too long'));
    expect(await mobiMatter.buy(aPurchase())).to.include({ kind: 'rejected', why: 'refused' });
    answering(CREATED, badRequest('order is not in state Created'));
    expect((await mobiMatter.buy(aPurchase())).kind).to.equal('unknown');
  });

  const unclear: [string, Reply][] = [
    ['a 500', { status: 500, text: '' }],
    ['a 404', { status: 404, json: { statusCode: 404, message: 'Resource not found' } }],
    ['garbage under 200', { text: 'OK' }],
    ['a 200 without an order', { json: { statusCode: 429, message: 'out of stock' } }],
    ['an order id that is none', { json: { result: { orderId: '../balance' } } }],
    ['a reset', 'reset'],
    ['an answer cut short', 'cut short'],
    ['silence', 'hang'],
  ];
  for (const [what, reply] of unclear) {
    it(`leaves open what ${what} means at either step, and repeats nothing`, async () => {
      const purchase = aPurchase();
      answering(reply);
      expect((await mobiMatter.buy(purchase)).kind).to.equal('unknown');
      expect(there.routes()).to.deep.equal(['POST /order']);
      expect(purchase.noted).to.deep.equal([]);

      answering(CREATED, reply);
      expect((await mobiMatter.buy(aPurchase())).kind).to.equal('unknown');
      expect(there.routes().slice(1)).to.deep.equal(['POST /order', 'PUT /order/complete']);
    });
  }

  it('knows that nothing was bought where nobody listens', async () => {
    const nowhere = mobiMatterAt(await aDeadAddress());

    expect(await nowhere.buy(aPurchase())).to.include({ kind: 'rejected', why: 'temporarily_unavailable' });
  });

  it('tells the balance in cents', async () => {
    there.script = { 'GET /merchant/balance': [{ json: { result: { balance: 52.8 } } }, { status: 401 }] };

    expect(await mobiMatter.balanceMinor()).to.equal(5280);
    expect(await mobiMatter.balanceMinor().catch((error: unknown) => error)).to.be.instanceOf(ProviderError);
  });
});
