import { expect } from 'chai';
import { clock, HOUR } from '../../src/lib/clock.js';
import { Airalo, ProviderError } from '../../src/providers/index.js';
import {
  aDeadAddress,
  aPurchase,
  aWholesaler,
  ICCID,
  LPA,
  REFERENCE,
  withoutDatabase,
  type Reply,
  type Wholesaler,
} from './support.js';

const aSim = (overrides = {}) => ({
  iccid: ICCID,
  qrcode: LPA,
  lpa: 'smdp.example.com',
  matching_id: 'ABC-123',
  direct_apple_installation_url: `https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=${LPA}`,
  apn_value: null,
  confirmation_code: null,
  ...overrides,
});

const anOrder = (overrides = {}) => ({
  id: 9666,
  code: '20230227-009666',
  currency: 'USD',
  package_id: 'a-sku',
  quantity: '1',
  description: REFERENCE,
  price: 4.5,
  net_price: 1.1,
  sims: [aSim()],
  ...overrides,
});

const TOKEN: Reply = { json: { data: { access_token: 'token-1', expires_in: 31622400 } } };

const airaloAt = (baseUrl: string) =>
  new Airalo({ baseUrl, clientId: 'id', clientSecret: 'secret', timeouts: { buy: 150, token: 150 } });

const validation = (data: object) => ({ data, meta: { message: 'the parameter is invalid' } });

const balanceOf = (amount: unknown, currency: string): Reply => ({
  json: { data: { balances: { name: 'balance', availableBalance: { amount, currency } } } },
});

describe('Buying at Airalo', () => {
  let there: Wholesaler;
  let airalo: Airalo;
  beforeEach(async () => {
    there = await aWholesaler();
    airalo = airaloAt(there.url);
  });
  afterEach(async () => {
    clock.reset();
    await there.close();
  });

  const whenOrderAnswers = (...replies: Reply[]) =>
    (there.script = { 'POST /token': TOKEN, 'POST /orders': replies });

  it('delivers what was bought and carries our reference', async () => {
    whenOrderAnswers({ json: { data: anOrder(), meta: { message: 'success' } } });
    const purchase = aPurchase();

    expect(await airalo.buy(purchase)).to.deep.equal({
      kind: 'bought',
      esim: { iccid: ICCID, lpa: LPA, appleUrl: aSim().direct_apple_installation_url },
      providerOrderId: '9666',
      costMinor: 110,
    });
    expect(purchase.noted).to.deep.equal(['9666']);
    expect(there.calls.at(-1)!.headers['authorization']).to.equal('Bearer token-1');
    expect(there.calls.at(-1)!.body).to.deep.equal({
      package_id: 'a-sku',
      quantity: 1,
      type: 'sim',
      description: REFERENCE,
    });
  });

  it('hands on the confirmation code, even when it is a number', async () => {
    whenOrderAnswers({ json: { data: anOrder({ sims: [aSim({ confirmation_code: 4711 })] }) } });

    expect(await airalo.buy(aPurchase())).to.have.nested.property('esim.confirmationCode', '4711');
  });

  it('reports what discount accounts really paid, and no cost in a foreign currency', async () => {
    whenOrderAnswers(
      { json: { data: anOrder({ unit_paid_price: 0.99, total_amount_paid: 0.99 }) } },
      { json: { data: anOrder({ currency: 'EUR' }) } },
    );

    expect(await airalo.buy(aPurchase())).to.include({ kind: 'bought', costMinor: 99 });
    expect(await airalo.buy(aPurchase())).to.include({ kind: 'bought', costMinor: null });
  });

  for (const [what, sims] of Object.entries({
    'no eSIM': [],
    'no code': [aSim({ qrcode: null, matching_id: null })],
    'an ICCID that lost digits as a number': [aSim({ iccid: Number(ICCID) })],
  })) {
    it(`waits for the profile when the order comes with ${what}`, async () => {
      whenOrderAnswers({ json: { data: anOrder({ sims }) } });

      expect(await airalo.buy(aPurchase())).to.deep.equal({ kind: 'pending', providerOrderId: '9666' });
    });
  }

  for (const [what, overrides] of Object.entries({
    'another package': { package_id: 'another' },
    'another reference': { description: 'another' },
    'two eSIMs': { sims: [aSim(), aSim()] },
  })) {
    it(`does not deliver ${what}`, async () => {
      whenOrderAnswers({ json: { data: anOrder(overrides) } });

      expect((await airalo.buy(aPurchase())).kind).to.equal('unknown');
    });
  }

  const refusals: [string, number, unknown, string][] = [
    ['code 11', 422, { code: 11, reason: 'Insufficient Airalo Credit' }, 'insufficient_balance'],
    ['code 13', 422, { code: 13, reason: 'maintenance' }, 'temporarily_unavailable'],
    ['code 14', 422, { code: 14, reason: 'checksum' }, 'misconfigured'],
    ['code 33', 422, { code: 33, reason: 'not enough' }, 'out_of_stock'],
    ['code 34', 422, { code: 34, reason: 'gone' }, 'out_of_stock'],
    ['nested code 34', 422, { data: { code: 34, reason: 'gone' } }, 'out_of_stock'],
    ['code 43', 422, { code: 43, reason: 'bad request' }, 'refused'],
    ['code 89', 403, { code: 89, reason: 'ip' }, 'misconfigured'],
    ['an unknown package', 422, validation({ package_id: 'is invalid.' }), 'invalid_product'],
    [
      'too small a stock',
      422,
      validation({ quantity: 'SIM quantity is not available. Available quantity: 0.' }),
      'out_of_stock',
    ],
    ['another bad field', 422, validation({ brand_settings_name: 'no such brand' }), 'refused'],
  ];
  for (const [what, status, json, why] of refusals) {
    it(`takes ${what} as ${why}`, async () => {
      whenOrderAnswers({ status, json });

      expect(await airalo.buy(aPurchase())).to.include({ kind: 'rejected', why });
    });
  }

  const unclear: [string, Reply][] = [
    ['code 53', { status: 422, json: { code: 53, reason: 'unexpected' } }],
    ['a code it does not know', { status: 422, json: { code: 99, reason: '?' } }],
    ['a known code under 500', { status: 500, json: { code: 34, reason: 'gone' } }],
    ['a bare 403', { status: 403, text: 'forbidden' }],
    ['a bare 422', { status: 422, json: {} }],
    ['404', { status: 404, json: {} }],
    ['502', { status: 502, text: '<html>' }],
    ['an order under 500', { status: 500, json: { data: anOrder() } }],
    ['a redirect', { status: 302, text: '', headers: { Location: '/elsewhere' } }],
    ['garbage under 200', { text: 'OK' }],
    ['a 200 without an order', { json: { data: [], meta: { message: 'success' } } }],
    ['a refusal under 200', { json: { code: 34, reason: 'gone' } }],
    ['a reset', 'reset'],
    ['an answer cut short', 'cut short'],
    ['silence', 'hang'],
  ];
  for (const [what, reply] of unclear) {
    it(`leaves open what ${what} means, and asks only once`, async () => {
      whenOrderAnswers(reply);

      expect((await airalo.buy(aPurchase())).kind).to.equal('unknown');
      expect(there.routes()).to.deep.equal(['POST /token', 'POST /orders']);
    });
  }

  it('leaves open a purchase that could not be noted', async () => {
    whenOrderAnswers({ json: { data: anOrder() } });

    expect((await airalo.buy(aPurchase({ noteProviderOrder: withoutDatabase }))).kind).to.equal('unknown');
  });

  it('does not quote a success in its message, which may hold an activation code', async () => {
    whenOrderAnswers({ json: { data: { sims: [aSim()] } } });

    expect(JSON.stringify(await airalo.buy(aPurchase()))).not.to.include('ABC-123');
  });

  it('asks again later on 429, as the answer says', async () => {
    whenOrderAnswers({
      status: 429,
      json: { message: 'Too Many Attempts.' },
      headers: { 'Retry-After': '7' },
    });

    expect(await airalo.buy(aPurchase())).to.include({ kind: 'retry_later', afterMs: 7000 });
  });

  it('knows that nothing was bought where nobody listens', async () => {
    expect(await airaloAt(await aDeadAddress()).buy(aPurchase())).to.include({
      kind: 'rejected',
      why: 'temporarily_unavailable',
    });
  });

  const logIns = () => there.routes().filter((route) => route === 'POST /token').length;

  it('knows so too when the connection fails only at the order', async () => {
    whenOrderAnswers({ json: { data: anOrder() } });
    await airalo.buy(aPurchase());
    await there.close();
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(await airalo.buy(aPurchase())).to.include({ kind: 'rejected', why: 'temporarily_unavailable' });
  });

  describe('its token', () => {
    const DONE: Reply = { json: { data: anOrder() } };
    const UNAUTHORISED: Reply = { status: 401, json: { data: [], meta: { message: 'Unauthenticated.' } } };

    it('is fetched once for purchases at the same time and for later ones', async () => {
      whenOrderAnswers(DONE);
      there.script['POST /token'] = { ...(TOKEN as object), afterMs: 30 };

      await Promise.all([airalo.buy(aPurchase()), airalo.buy(aPurchase()), airalo.buy(aPurchase())]);
      clock.advance(22 * HOUR);
      await airalo.buy(aPurchase());

      expect(logIns()).to.equal(1);
      expect(there.calls[0]!.body).to.deep.equal({
        client_id: 'id',
        client_secret: 'secret',
        grant_type: 'client_credentials',
      });
    });

    it('is renewed before its day is over', async () => {
      whenOrderAnswers(DONE);

      await airalo.buy(aPurchase());
      clock.advance(23 * HOUR);
      await airalo.buy(aPurchase());

      expect(logIns()).to.equal(2);
    });

    it('is renewed once on 401, which was not executed', async () => {
      whenOrderAnswers(UNAUTHORISED, DONE);
      there.script['POST /token'] = [TOKEN, { json: { data: { access_token: 'token-2' } } }];

      expect((await airalo.buy(aPurchase())).kind).to.equal('bought');
      expect(there.calls.at(-1)!.headers['authorization']).to.equal('Bearer token-2');
    });

    it('is not renewed a second time', async () => {
      whenOrderAnswers(UNAUTHORISED);
      there.script['POST /token'] = [TOKEN, { json: { data: { access_token: 'token-2' } } }];

      expect(await airalo.buy(aPurchase())).to.include({ kind: 'rejected', why: 'misconfigured' });
      expect(there.routes()).to.deep.equal(['POST /token', 'POST /orders', 'POST /token', 'POST /orders']);
    });

    const failures: [string, Reply, object][] = [
      ['a wrong id', { status: 422, json: { data: { client_id: 'is invalid.' } } }, { why: 'misconfigured' }],
      ['a wrong secret', UNAUTHORISED, { why: 'misconfigured' }],
      ['an outage', { status: 503, text: '' }, { why: 'temporarily_unavailable' }],
      ['silence', 'hang', { why: 'temporarily_unavailable' }],
      ['nonsense', { json: { token: 'x' } }, { why: 'temporarily_unavailable' }],
      [
        'the limit of three a minute',
        { status: 429, json: {}, headers: { 'Retry-After': '20' } },
        { kind: 'retry_later', afterMs: 20_000 },
      ],
    ];
    for (const [what, reply, outcome] of failures) {
      it(`is not had because of ${what}: nothing was ordered`, async () => {
        there.script = { 'POST /token': reply };

        expect(await airalo.buy(aPurchase())).to.include({ kind: 'rejected', ...outcome });
        expect(there.routes()).to.deep.equal(['POST /token']);
      });
    }
  });

  it('tells the balance in cents', async () => {
    there.script = {
      'POST /token': TOKEN,
      'GET /balance': [balanceOf(1234.5, 'USD'), balanceOf(1234.5, 'EUR')],
    };

    expect(await airalo.balanceMinor()).to.equal(123_450);
    const failure = await airalo.balanceMinor().catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(ProviderError);
  });
});
