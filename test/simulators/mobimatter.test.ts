import { expect } from 'chai';
import { MINUTE, clock } from '../../src/lib/clock.js';
import { callerOf, mobiMatterCaller, open, shut, type Caller, type Wholesalers } from './shop.js';

describe('MobiMatter simulator', () => {
  let wholesalers: Wholesalers;
  let ask: Caller;

  const create = (fields: Record<string, unknown> = {}) =>
    ask('POST', '/order', {
      productId: 'MM-JP-17',
      productCategory: 'esim_realtime',
      label: 'ORD-1',
      ...fields,
    });
  const created = async () => (await create()).body['result'].orderId as string;
  const complete = (orderId: string) => ask('PUT', '/order/complete', { orderId });
  const stateOf = async (orderId: string) =>
    (await ask('GET', `/order/${orderId}`)).body['result'].orderState as string;
  const balance = async () => (await ask('GET', '/merchant/balance')).body['result'].balance as number;

  before(async () => {
    wholesalers = await open();
    ask = mobiMatterCaller(wholesalers);
  });
  beforeEach(() => wholesalers.mobiMatter.setBalance(1000));
  afterEach(() => {
    wholesalers.mobiMatter.reset();
    clock.reset();
  });
  after(() => shut(wholesalers));

  it('refuses missing and wrong keys', async () => {
    const stranger = callerOf(wholesalers.mobiMatter.baseUrl, { 'api-key': 'guess', merchantId: 'guess' });

    const { status, body } = await stranger('GET', '/merchant/balance');

    expect(status).to.equal(401);
    expect(body['statusCode']).to.equal(401);
  });

  it('holds the price at the first step and issues the eSIM at the second', async () => {
    const first = await create();
    const { orderId } = first.body['result'];
    expect(first.body).to.deep.equal({
      statusCode: 200,
      result: { orderId, productCategory: 'esim_realtime' },
    });
    expect(await stateOf(orderId)).to.equal('Created');
    expect(await balance()).to.equal(8.83);
    expect(wholesalers.mobiMatter.ledger()).to.deep.equal([]);

    const { status, body } = await complete(orderId);

    expect(status).to.equal(200);
    const { result } = body;
    expect(result).to.include({ orderId, orderState: 'Completed', label: 'ORD-1', currencyCode: 'USD' });
    const details = new Map<string, string>(
      result.orderLineItem.lineItemDetails.map(({ name, value }: Record<string, string>) => [
        name?.trim(),
        value,
      ]),
    );
    const lpa = details.get('LOCAL_PROFILE_ASSISTANT');
    expect(lpa).to.equal(`LPA:1$${details.get('SMDP_ADDRESS')}$${details.get('ACTIVATION_CODE')}`);
    expect(details.get('ICCID')).to.match(/^89\d{16,20}$/);
    expect(details.get('QR_CODE')).to.match(/^data:image\/png;base64,iVBOR/);
    expect(result.orderLineItem.oneClickInstall.ios).to.include(`carddata=${lpa}`);
    expect(wholesalers.mobiMatter.ledger()).to.have.length(1);
    expect(wholesalers.mobiMatter.ledger()[0]).to.include({
      providerOrderId: orderId,
      reference: 'ORD-1',
      lpa,
    });
    expect(await balance()).to.equal(8.83);
  });

  it('writes names with trailing blanks, as the real one does', async () => {
    const { body } = await complete(await created());

    const names = body['result'].orderLineItem.lineItemDetails.map(({ name }: { name: string }) => name);
    expect(names.some((name: string) => name !== name.trim())).to.equal(true);
  });

  it('completes an order once', async () => {
    const orderId = await created();
    await complete(orderId);

    expect((await complete(orderId)).status).to.equal(400);
    expect(wholesalers.mobiMatter.ledger()).to.have.length(1);
  });

  it('releases the hold of an order that is cancelled', async () => {
    const orderId = await created();

    const { body } = await ask('PUT', '/order/cancel', { orderId, reason: 'changed mind' });

    expect(body['result']).to.be.a('string');
    expect(await stateOf(orderId)).to.equal('Cancelled');
    expect(await balance()).to.equal(10);
    expect((await complete(orderId)).status).to.equal(400);
    expect((await ask('PUT', '/order/cancel', { orderId })).status).to.equal(400);
  });

  it('lets an order that nobody completes expire and releases its hold', async () => {
    const orderId = await created();

    clock.advance(21 * MINUTE);

    expect(await balance()).to.equal(10);
    expect(await stateOf(orderId)).to.equal('Expired');
    expect((await complete(orderId)).status).to.equal(400);
  });

  it('finds an order by ICCID and knows no others', async () => {
    const orderId = await created();
    await complete(orderId);
    const iccid = wholesalers.mobiMatter.ledger()[0]?.iccid;

    expect((await ask('GET', `/order?iccid=${iccid}`)).body['result'].orderId).to.equal(orderId);
    expect((await ask('GET', '/order?iccid=12')).status).to.equal(400);
    const unknown = await ask('GET', '/order/MM-1');
    expect(unknown.status).to.equal(404);
    expect(unknown.body).to.deep.equal({ statusCode: 404, message: 'order not found' });
    expect((await ask('GET', '/wallet/balance')).body).to.deep.equal({
      statusCode: 404,
      message: 'Resource not found',
    });
  });

  it('tells usage without an envelope', async () => {
    const orderId = await created();

    const { body } = await ask('GET', `/provider/usage/${orderId}`);

    expect(body).to.include({ orderId, planData: '1 GB', validityDays: 7, rechargeable: true });
    expect(body).not.to.have.property('result');
  });

  it('refuses unknown products, unknown properties and long labels', async () => {
    expect((await create({ productId: 'unknown-1' })).status).to.equal(400);
    expect((await create({ quantity: 1 })).status).to.equal(400);
    expect((await create({ label: 'x'.repeat(301) })).status).to.equal(400);
    expect((await create({ productId: undefined })).status).to.equal(400);
    expect(await balance()).to.equal(10);
  });

  it('refuses what the wallet cannot hold, with another status in the body', async () => {
    wholesalers.mobiMatter.setBalance(116);

    const { status, body } = await create();

    expect(status).to.equal(402);
    expect(body['statusCode']).to.equal(400);
    expect(body['message']).to.match(/^Unable to authorize funds/);
  });

  it('lists every product at once, with text values and hours', async () => {
    const { body } = await ask('GET', '/products?country=JP');

    const week = body['result'].find(
      ({ productId }: { productId: string }) => productId === 'japan-7days-1gb',
    );
    expect(week).to.deep.include({
      productCategory: 'esim_realtime',
      wholesalePrice: 1.17,
      countries: ['JP'],
    });
    const details = new Map(
      week.productDetails.map(({ name, value }: Record<string, string>) => [name?.trim(), value]),
    );
    expect(details.get('PLAN_VALIDITY')).to.equal('168');
    expect(details.get('PLAN_DATA_LIMIT')).to.equal('1');
    const categories = body['result'].map((product: { productCategory: string }) => product.productCategory);
    expect(categories).to.include('esim_addon');
  });
});
