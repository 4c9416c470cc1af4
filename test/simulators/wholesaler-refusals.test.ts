import { expect } from 'chai';
import { NAMES, customerOf, type Name } from './customer.js';
import { open, shut, type Json, type Wholesalers } from './shop.js';

const REFUSALS: [Name, string, number, Json][] = [
  ['airalo', 'sold-out', 422, { code: 34 }],
  ['airalo', 'no-balance', 422, { code: 11 }],
  ['airalo', 'maintenance', 422, { code: 13 }],
  ['airalo', 'rate-limited', 429, { message: 'Too Many Attempts.' }],
  ['airalo', 'server-error', 500, {}],
  ['airalo', 'unauthorized', 401, {}],
  ['mobiMatter', 'sold-out', 429, { statusCode: 429 }],
  ['mobiMatter', 'no-balance', 402, { statusCode: 400 }],
  ['mobiMatter', 'maintenance', 455, { statusCode: 455 }],
  ['mobiMatter', 'server-error', 500, {}],
  ['mobiMatter', 'unauthorized', 401, {}],
  ['esimCard', 'sold-out', 200, { status: false }],
  ['esimCard', 'no-balance', 200, { status: false }],
  ['esimCard', 'maintenance', 503, {}],
  ['esimCard', 'rate-limited', 429, { message: 'Too Many Attempts.' }],
  ['esimCard', 'server-error', 500, {}],
  ['esimCard', 'unauthorized', 401, { message: 'Unauthenticated.' }],
];

describe('Refusals of a simulated wholesaler', () => {
  let wholesalers: Wholesalers;
  let customer: Awaited<ReturnType<typeof customerOf>>;

  before(async () => {
    wholesalers = await open();
    customer = await customerOf(wholesalers);
  });
  afterEach(() => {
    for (const name of NAMES) wholesalers[name].reset();
  });
  after(() => shut(wholesalers));

  for (const [name, fault, status, body] of REFUSALS) {
    it(`${name}: ${fault} answers ${status} and sells nothing`, async () => {
      const before = wholesalers[name].balanceMinor();

      const reply = await customer.buy(name, fault);

      expect(reply.status).to.equal(status);
      expect(reply.body).to.include(body);
      expect(customer.bought(name)).to.equal(0);
      expect(wholesalers[name].balanceMinor()).to.equal(before);
    });
  }

  for (const name of NAMES) {
    it(`${name}: unauthorized, switched on, answers every call with 401`, async () => {
      wholesalers[name].fault('unauthorized');

      expect((await customer.buy(name, 'x')).status).to.equal(401);
      wholesalers[name].clearFaults();
      expect((await customer.buy(name, 'x')).status).to.equal(200);
    });
  }

  it('asks to wait as long as the fault says', async () => {
    wholesalers.airalo.fault({ fault: 'rate-limited', ms: 4000, times: 1 });

    expect((await customer.buy('airalo', 'x')).headers.get('retry-after')).to.equal('4');
    expect((await customer.buy('airalo', 'x')).status).to.equal(200);
  });

  it('MobiMatter has no rate limit to run into', () => {
    expect(() => wholesalers.mobiMatter.fault('rate-limited')).to.throw(RangeError);
  });
});
