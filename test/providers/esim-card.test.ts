import { expect } from 'chai';
import { clock, MINUTE } from '../../src/lib/clock.js';
import { EsimCard, ProviderError } from '../../src/providers/index.js';
import { aDeadAddress, anEsimCardSim, aPurchase, aWholesaler, ICCID, LPA } from './support.js';
import type { Reply, Wholesaler } from './support.js';

const LOGGED_IN: Reply = { json: { status: true, access_token: 'token-1', token_type: 'Bearer' } };
const ACCEPTED: Reply = {
  json: { status: true, data: { sim_applied: false, sim_id: 'sim-1', order_id: 100 } },
};
const PACKAGE: Reply = { json: { status: true, data: { id: 'a-sku', name: 'Europe 1GB', price: '3.61' } } };

const aSim = (overrides = {}, bundles = {}): Reply => ({
  json: { status: true, data: { sim: anEsimCardSim(overrides), ...bundles } },
});

const refused = (message: string) => ({ status: false, message });

describe('Buying at eSIM Card', () => {
  let there: Wholesaler;
  let esimCard: EsimCard;
  beforeEach(async () => {
    there = await aWholesaler();
    esimCard = esimCardAt(there.url);
  });
  afterEach(async () => {
    clock.reset();
    await there.close();
  });

  const login = { email: 'r@example.com', password: 'secret' };
  const esimCardAt = (baseUrl: string, access: object = login) =>
    new EsimCard({ baseUrl, ...access, timeouts: { buy: 150, token: 150, read: 150 }, pollDelaysMs: [0, 0] });
  const answering = (purchase: Reply | Reply[], sim: Reply | Reply[] = aSim()) =>
    (there.script = {
      'POST /login': LOGGED_IN,
      'POST /package/purchase/async': purchase,
      'GET /my-esims/sim-1': sim,
      'GET /package/detail/a-sku': PACKAGE,
    });
  const purchases = () => there.routes().filter((route) => route === 'POST /package/purchase/async').length;

  it('delivers what was bought, named by eSIM and order', async () => {
    answering(ACCEPTED);
    const purchase = aPurchase();

    expect(await esimCard.buy(purchase)).to.deep.equal({
      kind: 'bought',
      esim: { iccid: ICCID, lpa: LPA, apn: 'internet' },
      providerOrderId: 'sim-1:100',
      costMinor: 361,
    });
    expect(purchase.noted).to.deep.equal(['sim-1:100']);
    expect(there.calls[0]!.body).to.deep.equal(login);
    expect(there.calls[1]!.body).to.deep.equal({ package_type_id: 'a-sku' });
    expect(there.calls[1]!.headers['authorization']).to.equal('Bearer token-1');
  });

  it('has the eSIM noted before it asks for the profile', async () => {
    answering(ACCEPTED);
    const routesWhenNoted: string[] = [];
    await esimCard.buy(
      aPurchase({ noteProviderOrder: async () => void routesWhenNoted.push(...there.routes()) }),
    );

    expect(routesWhenNoted.at(-1)).to.equal('POST /package/purchase/async');
  });

  it('looks again for a profile that is not there at once', async () => {
    answering(ACCEPTED, [aSim({ qr_code_text: null }), aSim()]);

    expect((await esimCard.buy(aPurchase())).kind).to.equal('bought');
  });

  for (const [what, sim] of Object.entries({
    'has no code yet': aSim({ qr_code_text: null }),
    'cannot be read': { status: 500, text: '' },
    'is not listed yet': { status: 404, json: { status: false } },
  })) {
    it(`leaves it to the look-up when the eSIM ${what}`, async () => {
      answering(ACCEPTED, sim);

      expect(await esimCard.buy(aPurchase())).to.deep.equal({
        kind: 'pending',
        providerOrderId: 'sim-1:100',
      });
    });
  }

  it('delivers by the package id where the eSIM lists one', async () => {
    answering(
      ACCEPTED,
      aSim({ last_bundle: 'renamed' }, { assigned_packages: [{ package_type_id: 'a-sku' }] }),
    );

    expect((await esimCard.buy(aPurchase())).kind).to.equal('bought');
  });

  it('does not deliver as long as nobody can tell the package', async () => {
    answering(ACCEPTED);
    there.script['GET /package/detail/a-sku'] = { status: 500, text: '' };

    expect((await esimCard.buy(aPurchase())).kind).to.equal('pending');
  });

  for (const [what, sim] of Object.entries({
    'another package by name': aSim({ last_bundle: 'Asia 1GB' }),
    'another package by id': aSim({}, { assigned_packages: [{ package_type_id: 'another' }] }),
    'another eSIM': aSim({ id: 'sim-2' }),
    'a failed eSIM': aSim({ status: 'Failed' }),
  })) {
    it(`does not deliver ${what}`, async () => {
      answering(ACCEPTED, sim);

      expect((await esimCard.buy(aPurchase())).kind).to.equal('unknown');
    });
  }

  const refusals: [number, object, string][] = [
    [200, refused('Sorry, Insufficient Wallet Balance.'), 'insufficient_balance'],
    [400, refused('insufficient wallet balance'), 'insufficient_balance'],
    [200, refused('Package is OUT OF STOCK'), 'out_of_stock'],
    [200, refused('This package is not available'), 'out_of_stock'],
    [422, { message: 'Invalid.', errors: { package_type_id: ['is invalid'] } }, 'invalid_product'],
  ];
  for (const [status, json, why] of refusals) {
    it(`takes ${status} ${JSON.stringify(json)} as ${why}`, async () => {
      answering({ status, json });

      expect(await esimCard.buy(aPurchase())).to.include({ kind: 'rejected', why });
    });
  }

  const unclear: [string, Reply][] = [
    ['a refusal it does not know', { json: refused('Something went wrong') }],
    ['a known refusal under 500', { status: 500, json: refused('Insufficient balance') }],
    ['known words without status false', { status: 400, json: { message: 'Insufficient balance' } }],
    ['another 422', { status: 422, json: { message: 'Invalid.', errors: { imei: ['is needed'] } } }],
    ['a 403', { status: 403, text: 'forbidden' }],
    ['a 404', { status: 404, text: '<html>' }],
    ['a purchase without a name', { json: { status: true, data: { sim_applied: false, message: 'wait' } } }],
    ['an eSIM id that is none', { json: { status: true, data: { sim_id: '../balance' } } }],
    ['garbage under 200', { text: 'OK' }],
    ['a reset', 'reset'],
    ['an answer cut short', 'cut short'],
    ['silence', 'hang'],
  ];
  for (const [what, reply] of unclear) {
    it(`leaves open what ${what} means, and asks only once`, async () => {
      answering(reply);

      expect((await esimCard.buy(aPurchase())).kind).to.equal('unknown');
      expect(there.routes()).to.deep.equal(['POST /login', 'POST /package/purchase/async']);
    });
  }

  it('asks again later on 429', async () => {
    answering({ status: 429, json: { message: 'Too Many Attempts.' } });

    expect(await esimCard.buy(aPurchase())).to.include({ kind: 'retry_later', afterMs: MINUTE });
  });

  it('knows that nothing was bought where nobody listens', async () => {
    const nowhere = esimCardAt(await aDeadAddress(), { token: 'portal' });

    expect(await nowhere.buy(aPurchase())).to.include({ kind: 'rejected', why: 'temporarily_unavailable' });
  });

  describe('its token', () => {
    const UNAUTHORISED: Reply = { status: 401, json: { message: 'Unauthenticated.' } };

    it('is kept, and fetched once for purchases at the same time', async () => {
      answering(ACCEPTED);

      await Promise.all([esimCard.buy(aPurchase()), esimCard.buy(aPurchase())]);

      expect(there.routes().filter((route) => route === 'POST /login')).to.have.length(1);
    });

    it('is renewed once on 401, which was not executed', async () => {
      answering([UNAUTHORISED, ACCEPTED]);
      there.script['POST /login'] = [LOGGED_IN, { json: { status: true, access_token: 'token-2' } }];

      expect((await esimCard.buy(aPurchase())).kind).to.equal('bought');
      expect(purchases()).to.equal(2);
    });

    it('may come from the portal, and then cannot be renewed', async () => {
      answering(UNAUTHORISED);

      expect(await esimCardAt(there.url, { token: 'portal' }).buy(aPurchase())).to.include({
        kind: 'rejected',
        why: 'misconfigured',
      });
      expect(there.routes()).to.deep.equal(['POST /package/purchase/async']);
      expect(there.calls[0]!.headers['authorization']).to.equal('Bearer portal');
    });

    it('is refused to a wrong password', async () => {
      there.script = { 'POST /login': { status: 401, json: refused('Invalid login details') } };

      expect(await esimCard.buy(aPurchase())).to.include({ kind: 'rejected', why: 'misconfigured' });
    });
  });

  it('tells the balance in cents, given as a number or as text', async () => {
    answering(ACCEPTED);
    there.script['GET /balance'] = [
      { json: { status: true, balance: 12.3 } },
      { json: { status: true, balance: '7' } },
      { json: { status: false } },
    ];

    expect(await esimCard.balanceMinor()).to.equal(1230);
    expect(await esimCard.balanceMinor()).to.equal(700);
    expect(await esimCard.balanceMinor().catch((error: unknown) => error)).to.be.instanceOf(ProviderError);
  });
});
