import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { MINUTE, clock } from '../../src/lib/clock.js';
import { listen, type Listener } from '../../src/simulators/listener.js';
import { SIMULATOR_CREDENTIALS } from '../../src/simulators/start-wholesalers.js';
import { airaloCaller, open, shut, type Caller, type Json, type Wholesalers } from './shop.js';

describe('Airalo simulator: asynchronous orders', () => {
  let wholesalers: Wholesalers;
  let ask: Caller;
  let shop: Listener;
  let heard: { text: string; signature: unknown }[];
  let nextStatus: number[];

  const order = (fields: Record<string, unknown> = {}) =>
    ask('POST', '/orders-async', {
      package_id: 'japan-7days-1gb',
      quantity: 1,
      description: 'ORD-é/1',
      webhook_url: `${shop.url}/webhooks/airalo`,
      ...fields,
    });

  async function hearing(count: number) {
    while (heard.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    return heard.map(({ text }) => JSON.parse(text) as Json);
  }

  before(async () => {
    wholesalers = await open();
    ask = await airaloCaller(wholesalers);
    shop = await listen((req, res) => {
      let text = '';
      req.on('data', (chunk: Buffer) => (text += chunk.toString()));
      req.on('end', () => {
        heard.push({ text, signature: req.headers['airalo-signature'] });
        res.writeHead(nextStatus.shift() ?? 200).end();
      });
    });
  });
  beforeEach(() => {
    heard = [];
    nextStatus = [];
  });
  afterEach(() => {
    wholesalers.airalo.reset();
    clock.reset();
  });
  after(async () => {
    await shop.close();
    await shut(wholesalers);
  });

  it('accepts, then tells the shop with a signature over the bytes sent', async () => {
    const { status, body } = await order();

    expect(status).to.equal(202);
    expect(body['data'].request_id).to.have.length(25);
    const [told] = await hearing(1);
    expect(told).to.include({ request_id: body['data'].request_id, description: 'ORD-é/1' });
    expect(told?.['sims'][0].qrcode).to.equal(wholesalers.airalo.ledger()[0]?.lpa);
    const { text = '', signature } = heard[0] ?? {};
    const { clientSecret } = SIMULATOR_CREDENTIALS.airalo;
    expect(signature).to.equal(createHmac('sha512', clientSecret).update(text).digest('hex'));
    expect(text).to.include(String.raw`ORD-\u00e9\/1`);
  });

  it('needs an address', async () => {
    const { status, body } = await order({ webhook_url: undefined });

    expect(status).to.equal(422);
    expect(body['data']).to.have.property('webhook_url');
  });

  it('tells a failure without eSIMs', async () => {
    const { status, body } = await order({ package_id: 'japan-7days-1gb-sold-out' });

    expect(status).to.equal(202);
    const [told] = await hearing(1);
    expect(told).to.have.keys('request_id', 'reason');
    expect(told?.['request_id']).to.equal(body['data'].request_id);
    expect(wholesalers.airalo.ledger()).to.deep.equal([]);
  });

  it('neither lists nor tells a delayed order before its time', async () => {
    wholesalers.airalo.fault({ fault: 'delayed', ms: MINUTE });
    await order();

    expect((await ask('GET', '/orders')).body['data']).to.deep.equal([]);
    expect(heard).to.deep.equal([]);

    clock.advance(MINUTE);
    await hearing(1);
    expect((await ask('GET', '/orders')).body['data']).to.have.length(1);
  });

  it('tells again after 15 minutes until it hears 200', async () => {
    nextStatus = [204, 500];
    await order();
    await hearing(1);

    clock.advance(15 * MINUTE);
    await hearing(2);
    clock.advance(15 * MINUTE);

    expect(await hearing(3)).to.have.length(3);
  });
});
