import { expect } from 'chai';
import { DAY, clock } from '../../src/lib/clock.js';
import { SIMULATOR_CREDENTIALS } from '../../src/simulators/start-wholesalers.js';
import { callerOf, esimCardCaller, open, shut, type Caller, type Wholesalers } from './shop.js';

const { email, password } = SIMULATOR_CREDENTIALS.esimCard;

describe('eSIM Card simulator', () => {
  let wholesalers: Wholesalers;
  let ask: Caller;

  const buy = (sku = 'esimcard-57') => ask('POST', '/package/purchase', { package_type_id: sku });
  const buyAsync = (sku = 'esimcard-57') => ask('POST', '/package/purchase/async', { package_type_id: sku });

  before(async () => {
    wholesalers = await open();
    ask = esimCardCaller(wholesalers);
  });
  beforeEach(() => wholesalers.esimCard.setBalance(1000));
  afterEach(() => {
    wholesalers.esimCard.reset();
    clock.reset();
  });
  after(() => shut(wholesalers));

  it('gives a token for the right password, which ends', async () => {
    const stranger = callerOf(wholesalers.esimCard.baseUrl);
    const { body } = await stranger('POST', '/login', { email, password });
    expect(body).to.include({ status: true, token_type: 'Bearer' });
    expect(body['access_token']).to.match(/^\d+\|.+/);
    const reseller = callerOf(wholesalers.esimCard.baseUrl, {
      Authorization: `Bearer ${body['access_token']}`,
    });
    expect((await reseller('GET', '/balance')).status).to.equal(200);

    clock.advance(DAY);

    expect((await reseller('GET', '/balance')).status).to.equal(401);
  });

  it('refuses a wrong password and a missing token', async () => {
    const stranger = callerOf(wholesalers.esimCard.baseUrl);

    const wrong = await stranger('POST', '/login', { email, password: 'guess' });
    const missing = await stranger('GET', '/balance');

    expect(wrong.status).to.equal(401);
    expect(wrong.body).to.deep.equal({ status: false, message: 'Invalid login details' });
    expect(missing.status).to.equal(401);
    expect(missing.body).to.deep.equal({ message: 'Unauthenticated.' });
  });

  it('sells at once and answers in the live shape', async () => {
    const { status, body } = await buy();

    expect(status).to.equal(200);
    expect(body['status']).to.equal(true);
    const { sim, sim_applied: applied, package: bundle } = body['data'];
    expect(applied).to.equal(true);
    expect(sim.qr_code_text).to.equal(`LPA:1$${sim.smdp_address}$${sim.matching_id}`);
    expect(sim.universal_link).to.equal(
      `https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=${sim.qr_code_text}`,
    );
    expect(sim.created_at).to.match(/\.\d{6}Z$/);
    expect(bundle).to.include({ package_type_id: 'esimcard-57', sim_id: sim.id, package: sim.last_bundle });
    const [entry] = wholesalers.esimCard.ledger();
    expect(entry).to.include({
      reference: null,
      sku: 'esimcard-57',
      iccid: sim.iccid,
      lpa: sim.qr_code_text,
    });
    expect((await ask('GET', '/balance')).body).to.deep.equal({ status: true, balance: 8.83 });
  });

  it('sells asynchronously, to be asked for by both ids', async () => {
    const { body } = await buyAsync();

    const { sim_id: simId, order_id: orderId, sim_applied: applied } = body['data'];
    expect(applied).to.equal(false);
    expect(orderId).to.be.a('number');
    const { sim, assigned_packages: packages } = (await ask('GET', `/my-esims/${simId}`)).body['data'];
    expect(sim).to.include({ id: simId, status: 'Released' });
    expect(sim.qr_code_text).to.match(/^LPA:1\$/);
    expect(packages[0].package).to.equal(sim.last_bundle);
    const order = (await ask('GET', `/order/${orderId}`)).body;
    expect(order['data'][0]).to.include({ package: sim.last_bundle, status: 'Completed' });
  });

  it('lists eSIMs and bundles newest first, in pages', async () => {
    for (let i = 0; i < 3; i++) await buy(`esimcard-${i}`);

    const { body } = await ask('GET', '/my-esims?per_page=2');
    const bundles = await ask('GET', '/my-bundles?page=1');

    expect(body['meta']).to.deep.equal({ total: 3, perPage: 2, currentPage: 1, lastPage: 2 });
    expect(body['data'][0].last_bundle).to.include('esimcard-2');
    expect(bundles.body['data'][2].package).to.include('esimcard-0');
    expect((await ask('GET', '/my-esims?per_page=2&page=2')).body['data']).to.have.length(1);
  });

  it('knows no foreign orders and eSIMs', async () => {
    const order = await ask('GET', '/order/1');

    expect(order.status).to.equal(200);
    expect(order.body).to.deep.equal({ status: false, message: 'Order not found' });
    expect((await ask('GET', '/my-esims/406fdc56')).status).to.equal(404);
  });

  it('refuses an unknown package, and a top-up', async () => {
    const unknown = await buy('unknown-1');
    const topUp = await ask('POST', '/package/purchase', { package_type_id: 'esimcard-57', iccid: '8910' });

    expect(unknown.status).to.equal(422);
    expect(unknown.body['errors'].package_type_id).to.be.an('array');
    expect(topUp.body['status']).to.equal(false);
    expect(wholesalers.esimCard.ledger()).to.deep.equal([]);
  });

  it('refuses what the wallet cannot pay with status false', async () => {
    wholesalers.esimCard.setBalance(116);

    const { status, body } = await buy();

    expect(status).to.equal(200);
    expect(body['status']).to.equal(false);
    expect(body['message']).to.include('Insufficient Wallet Balance');
  });

  it('lists packages with prices as text, some without', async () => {
    const { body } = await ask('GET', '/packages?package_type=DATA-ONLY&per_page=200');

    const week = body['data'].find(({ id }: { id: string }) => id === 'japan-7days-1gb');
    expect(week).to.include({ price: '1.17', data_quantity: 1, data_unit: 'GB', package_validity: 7 });
    expect(body['data'].some((row: object) => !('price' in row))).to.equal(true);
    expect(body['meta'].perPage).to.equal(200);
  });

  it('prices packages by country and details one', async () => {
    const pricing = await ask('GET', '/pricing');
    const detail = await ask('GET', '/package/detail/japan-7days-1gb');

    const japan = pricing.body['data'].countries.find(({ code }: { code: string }) => code === 'jp');
    expect(japan.packages[0]).to.include({ id: 'japan-7days-1gb', price: '1.17' });
    expect(detail.body['data'].romaing_countries[0].image_url).to.equal('https://flagcdn.com/w80/jp.png');
  });
});
