import { expect } from 'chai';
import { Airalo } from '../../src/providers/index.js';
import { aDeadAddress, aLookUp, aWholesaler, ICCID, LPA, REFERENCE, type Wholesaler } from './support.js';

const airaloAt = (baseUrl: string) =>
  new Airalo({ baseUrl, clientId: 'id', clientSecret: 'secret', timeouts: { read: 150 } });

const aListedOrder = (overrides = {}) => ({
  id: 9666,
  package_id: 'a-sku',
  description: REFERENCE,
  price: '4.50',
  net_price: '1.10',
  status: { name: 'Completed', slug: 'completed' },
  sims: [{ iccid: ICCID, qrcode: LPA }],
  ...overrides,
});

describe('Looking up a purchase at Airalo', () => {
  let there: Wholesaler;
  let airalo: Airalo;
  beforeEach(async () => {
    there = await aWholesaler();
    there.script = { 'POST /token': { json: { data: { access_token: 'token-1' } } } };
    airalo = airaloAt(there.url);
  });
  afterEach(() => there.close());

  const whenListed = (data: unknown) => (there.script['GET /orders'] = { json: { data } });
  const found = {
    kind: 'found',
    esim: { iccid: ICCID, lpa: LPA },
    providerOrderId: '9666',
    costMinor: 110,
  };

  it('finds it by our reference', async () => {
    whenListed([aListedOrder()]);

    expect(await airalo.lookUp(aLookUp())).to.deep.equal(found);
    expect(there.calls.at(-1)!.query.get('filter[description]')).to.equal(REFERENCE);
    expect(there.calls.at(-1)!.query.get('include')).to.include('sims');
  });

  it('finds it in a list that comes as an object', async () => {
    whenListed({ 0: aListedOrder() });

    expect(await airalo.lookUp(aLookUp())).to.deep.equal(found);
  });

  it('finds it by the order id', async () => {
    there.script['GET /orders/9666'] = { json: { data: aListedOrder() } };

    expect(await airalo.lookUp(aLookUp({ providerOrderId: '9666' }))).to.deep.equal(found);
  });

  it('does not find an empty list', async () => {
    whenListed([]);

    expect(await airalo.lookUp(aLookUp())).to.deep.equal({ kind: 'not_found' });
  });

  it('does not mistake a reference that only contains ours', async () => {
    whenListed([aListedOrder({ description: `${REFERENCE}0` })]);

    expect(await airalo.lookUp(aLookUp())).to.deep.equal({ kind: 'not_found' });
  });

  it('finds ours beside one that only contains it', async () => {
    whenListed([aListedOrder({ id: 1, description: `${REFERENCE}0` }), aListedOrder()]);

    expect(await airalo.lookUp(aLookUp())).to.deep.equal(found);
  });

  it('says nothing when the filter was not applied, as the order may stand on another page', async () => {
    whenListed([aListedOrder({ description: 'a stranger' })]);

    expect((await airalo.lookUp(aLookUp())).kind).to.equal('unreachable');
  });

  it('waits for an eSIM that is not there yet', async () => {
    whenListed([aListedOrder({ sims: [] })]);

    expect(await airalo.lookUp(aLookUp())).to.deep.equal({ kind: 'pending', providerOrderId: '9666' });
  });

  for (const [what, orders] of Object.entries({
    'two orders carry our reference': [aListedOrder(), aListedOrder({ id: 9667 })],
    'the order is for another package': [aListedOrder({ package_id: 'another' })],
    'the order was refunded': [aListedOrder({ status: { slug: 'refunded' } })],
    'the order failed': [aListedOrder({ status: { slug: 'failed' }, sims: [] })],
  })) {
    it(`asks for a person when ${what}`, async () => {
      whenListed(orders);

      expect((await airalo.lookUp(aLookUp())).kind).to.equal('ambiguous');
    });
  }

  for (const [status, message] of [
    [404, 'messages.resource_not_found'],
    [401, 'This action is unauthorized.'],
  ]) {
    it(`asks for a person when Airalo answers ${status} for an order that it named`, async () => {
      there.script['GET /orders/9666'] = { status: Number(status), json: { data: [], meta: { message } } };

      expect((await airalo.lookUp(aLookUp({ providerOrderId: '9666' }))).kind).to.equal('ambiguous');
    });
  }

  for (const [what, reply] of Object.entries({
    'a 500': { status: 500, text: '' },
    'a 429': { status: 429, json: {} },
    garbage: { text: 'OK' },
    'a list of something else': { json: { data: [{ id: 1 }] } },
    silence: 'hang' as const,
    'a reset': 'reset' as const,
  })) {
    it(`says nothing after ${what}`, async () => {
      there.script['GET /orders'] = reply;

      expect((await airalo.lookUp(aLookUp())).kind).to.equal('unreachable');
    });
  }

  it('says nothing where nobody listens', async () => {
    const nowhere = airaloAt(await aDeadAddress());

    expect((await nowhere.lookUp(aLookUp())).kind).to.equal('unreachable');
  });
});
