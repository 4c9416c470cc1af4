import { expect } from 'chai';
import { clock } from '../../src/lib/clock.js';
import { airaloCaller, open, passesLuhn, shut, type Caller, type Wholesalers } from './shop.js';

describe('Airalo simulator: orders', () => {
  let wholesalers: Wholesalers;
  let ask: Caller;

  const order = (fields: Record<string, unknown> = {}) =>
    ask('POST', '/orders', { package_id: 'japan-7days-1gb', quantity: 1, type: 'sim', ...fields });
  const search = (reference: string) =>
    ask('GET', `/orders?filter[description]=${reference}&include=sims,user,status`);

  before(async () => {
    wholesalers = await open();
    ask = await airaloCaller(wholesalers);
  });
  afterEach(() => {
    wholesalers.airalo.reset();
    clock.reset();
  });
  after(() => shut(wholesalers));

  it('sells an eSIM and answers as documented', async () => {
    const { status, body } = await order({ description: 'ORD-1' });

    expect(status).to.equal(200);
    expect(body['meta']).to.deep.equal({ message: 'success' });
    const { data } = body;
    expect(data.id).to.be.a('number');
    expect(data).to.include({
      package_id: 'japan-7days-1gb',
      quantity: 1,
      description: 'ORD-1',
      validity: 7,
    });
    expect(data).to.include({ currency: 'USD', data: '1 GB', net_price: 1.17, pricing_model: 'net_pricing' });
    expect(data.created_at).to.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const [sim] = data.sims;
    expect(sim.iccid).to.match(/^89\d{16,20}$/);
    expect(sim.qrcode).to.equal(`LPA:1$${sim.lpa}$${sim.matching_id}`);
    expect(sim.direct_apple_installation_url).to.equal(
      `https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=${sim.qrcode}`,
    );
  });

  it('books what it sold and takes the money', async () => {
    wholesalers.airalo.setBalance(1000);
    const { body } = await order({ description: 'ORD-1', quantity: 2 });

    const ledger = wholesalers.airalo.ledger();
    expect(ledger).to.have.length(2);
    expect(ledger[0]).to.include({ reference: 'ORD-1', sku: 'japan-7days-1gb', costMinor: 117 });
    expect(ledger[0]?.providerOrderId).to.equal(String(body['data'].id));
    expect(ledger[0]?.lpa).to.equal(body['data'].sims[0].qrcode);
    const balance = await ask('GET', '/balance');
    expect(balance.body['data'].balances).to.deep.equal({
      name: 'balance',
      availableBalance: { amount: 7.66, currency: 'USD' },
    });
  });

  it('issues distinct ICCIDs, half of which fail the Luhn check', async () => {
    const { body } = await order({ quantity: 50 });

    const iccids = body['data'].sims.map(({ iccid }: { iccid: string }) => iccid);
    expect(new Set(iccids).size).to.equal(50);
    expect(iccids.filter(passesLuhn)).to.have.length(25);
  });

  it('finds orders by a part of the description, newest first, with prices as text', async () => {
    await order({ description: 'ORD-1' });
    await order({ description: 'ORD-10' });
    await order({ description: 'ORD-2' });

    const { body } = await search('ORD-1');

    expect(body['data'].map((found: { description: string }) => found.description)).to.deep.equal([
      'ORD-10',
      'ORD-1',
    ]);
    expect(body['data'][0]).to.include({ price: '1.87', validity: '7', quantity: '1' });
    expect(body['data'][0].status).to.deep.equal({ name: 'Completed', slug: 'completed' });
    expect(body['data'][0].sims[0].qrcode).to.match(/^LPA:1\$/);
    expect((await search('ORD-3')).body['data']).to.deep.equal([]);
  });

  it('leaves the sims out unless asked for them', async () => {
    const { body } = await order();

    expect((await ask('GET', '/orders')).body['data'][0]).not.to.have.property('sims');
    expect((await ask('GET', `/orders/${body['data'].id}`)).body['data']).not.to.have.property('sims');
    expect((await ask('GET', `/orders/${body['data'].id}?include=sims`)).body['data'].sims).to.have.length(1);
  });

  it('calls an unknown order unauthorized', async () => {
    const { status, body } = await ask('GET', '/orders/1');

    expect(status).to.equal(401);
    expect(body).to.deep.equal({ data: [], meta: { message: 'This action is unauthorized.' } });
  });

  it('shows an eSIM with its order, and its usage', async () => {
    const { body } = await order();
    const { iccid } = body['data'].sims[0];

    const sim = await ask('GET', `/sims/${iccid}?include=order`);
    const usage = await ask('GET', `/sims/${iccid}/usage`);

    expect(sim.body['data']).to.deep.include({ iccid, recycled: false });
    expect(sim.body['data'].simable.id).to.equal(body['data'].id);
    expect(usage.body['data']).to.include({
      remaining: 1024,
      total: 1024,
      status: 'NOT_ACTIVE',
      total_voice: 0,
    });
    expect((await ask('GET', '/sims/8900000000000000000')).status).to.equal(404);
    expect((await ask('GET', '/sims/8900000000000000000/usage')).body['meta'].message).to.equal(
      'messages.resource_not_found',
    );
  });

  it('refuses an unknown package and a bad quantity, naming the fields', async () => {
    const { status, body } = await order({ package_id: 'unknown-1', quantity: 51 });

    expect(status).to.equal(422);
    expect(body).to.deep.equal({
      data: {
        package_id: 'The selected package is invalid.',
        quantity: 'The quantity may not be greater than 50.',
      },
      meta: { message: 'the parameter is invalid' },
    });
    expect((await order({ quantity: 0 })).status).to.equal(422);
    expect((await order({ quantity: 1.5 })).status).to.equal(422);
    expect(wholesalers.airalo.ledger()).to.deep.equal([]);
  });

  it('refuses what the wallet cannot pay', async () => {
    wholesalers.airalo.setBalance(116);

    const { status, body } = await order();

    expect(status).to.equal(422);
    expect(body['code']).to.equal(11);
    expect(body['reason']).to.match(/^Insufficient Airalo Credit/);
  });

  for (const [packageId, code] of [
    ['test-insufficient-balance-7days-1gb', 11],
    ['test-maintenance-mode-7days-1gb', 13],
    ['test-disabled-top-up-7days-1gb', 23],
    ['test-not-enough-7days-1gb', 33],
    ['test-out-of-stock-7days-1gb', 34],
  ] as const) {
    it(`answers ${packageId} with code ${code}`, async () => {
      const { status, body } = await order({ package_id: packageId });

      expect(status).to.equal(422);
      expect(body['code']).to.equal(code);
      expect(wholesalers.airalo.ledger()).to.deep.equal([]);
    });
  }
});
