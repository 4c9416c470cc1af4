import { expect } from 'chai';
import { DAY, MINUTE, clock } from '../../src/lib/clock.js';
import { SIMULATOR_CREDENTIALS } from '../../src/simulators/start-wholesalers.js';
import { airaloCaller, callerOf, open, shut, type Wholesalers } from './shop.js';

const { clientId, clientSecret } = SIMULATOR_CREDENTIALS.airalo;
const RIGHT = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' };

describe('Airalo simulator: access and catalogue', () => {
  let wholesalers: Wholesalers;

  const logIn = (fields: Record<string, string> = {}) =>
    callerOf(wholesalers.airalo.baseUrl)('POST', '/token', { ...RIGHT, ...fields });

  before(async () => {
    wholesalers = await open();
  });
  afterEach(() => {
    wholesalers.airalo.reset();
    clock.reset();
  });
  after(() => shut(wholesalers));

  it('gives a token for the right client', async () => {
    const { status, body } = await logIn();

    expect(status).to.equal(200);
    expect(body['data']).to.include({ token_type: 'Bearer', expires_in: 31_622_400 });
    expect(body['data'].access_token).to.match(/.{20,}/);
  });

  it('takes the token request as a form too', async () => {
    const response = await fetch(`${wholesalers.airalo.baseUrl}/token`, {
      method: 'POST',
      body: new URLSearchParams(RIGHT),
    });

    expect(response.status).to.equal(200);
  });

  it('tells a wrong client from a wrong secret', async () => {
    const wrongId = await logIn({ client_id: 'somebody' });
    const wrongSecret = await logIn({ client_secret: 'guess' });

    expect(wrongId.status).to.equal(422);
    expect(wrongId.body['data']).to.deep.equal({ client_id: 'The selected client id is invalid.' });
    expect(wrongSecret.status).to.equal(401);
    expect(wrongSecret.body).to.deep.equal({ data: [], meta: { message: 'Client authentication failed' } });
  });

  it('gives three tokens a minute and no more', async () => {
    for (let i = 0; i < 3; i++) expect((await logIn()).status).to.equal(200);

    const fourth = await logIn();
    expect(fourth.status).to.equal(429);
    expect(fourth.body).to.deep.equal({ message: 'Too Many Attempts.' });
    expect(Number(fourth.headers.get('retry-after'))).to.be.within(1, 60);

    clock.advance(MINUTE);
    expect((await logIn()).status).to.equal(200);
  });

  it('refuses a missing token and one that is a day old', async () => {
    const ask = await airaloCaller(wholesalers);
    expect((await ask('GET', '/balance')).status).to.equal(200);

    clock.advance(DAY);

    expect((await ask('GET', '/balance')).status).to.equal(401);
    expect((await callerOf(wholesalers.airalo.baseUrl)('GET', '/balance')).status).to.equal(401);
  });

  it('lists the whole catalogue when no limit is given', async () => {
    const ask = await airaloCaller(wholesalers);

    const { body } = await ask('GET', '/packages');

    expect(body['pricing']).to.deep.equal({ model: 'net_pricing', discount_percentage: 0 });
    const japan = body['data'].find(({ country_code: code }: { country_code: string }) => code === 'JP');
    const [week] = japan.operators[0].packages;
    expect(week).to.include({
      id: 'japan-7days-1gb',
      type: 'sim',
      amount: 1024,
      day: 7,
      is_unlimited: false,
    });
    expect(week.prices.net_price.USD).to.equal(week.net_price);
    expect(japan.operators[0].countries[0].country_code).to.equal('JP');
    expect(body['meta']).to.include({ message: 'success', total: body['data'].length });
  });

  it('turns the list into an object from the second page on', async () => {
    const ask = await airaloCaller(wholesalers);

    const first = await ask('GET', '/packages?limit=2');
    const second = await ask('GET', '/packages?limit=2&page=2');

    expect(first.body['data']).to.be.an('array').with.length(2);
    expect(second.body['data']).to.be.an('object').with.keys('0', '1');
    expect(second.body['meta']).to.include({ per_page: '2', current_page: 2 });
    expect((await ask('GET', '/packages?limit=x')).body['data']).to.deep.equal({
      limit: 'The limit must be an integer.',
    });
  });

  it('lists by country, with what was ordered and without what is sold out', async () => {
    const ask = await airaloCaller(wholesalers);
    await ask('POST', '/orders', { package_id: 'albania-7days-1gb', quantity: 1 });
    const albania = () => ask('GET', '/packages?filter[country]=AL');

    expect((await albania()).body['data'][0].operators[0].packages[0].id).to.equal('albania-7days-1gb');
    wholesalers.airalo.fault({ fault: 'sold-out', sku: 'albania-7days-1gb' });
    expect((await albania()).body['data']).to.deep.equal([]);
  });
});
