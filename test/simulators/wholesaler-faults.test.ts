import { expect } from 'chai';
import { MINUTE, clock } from '../../src/lib/clock.js';
import { NAMES, customerOf } from './customer.js';
import { failureOf, open, shut, type Wholesalers } from './shop.js';

describe('Faults of a simulated wholesaler', () => {
  let wholesalers: Wholesalers;
  let customer: Awaited<ReturnType<typeof customerOf>>;

  before(async () => {
    wholesalers = await open();
    customer = await customerOf(wholesalers);
  });
  afterEach(() => {
    for (const name of NAMES) wholesalers[name].reset();
    clock.reset();
  });
  after(() => shut(wholesalers));

  for (const name of NAMES) {
    it(`${name}: timeout-bought buys and drops the connection`, async () => {
      expect(await failureOf(customer.buy(name, 'timeout-bought'))).to.be.instanceOf(TypeError);

      expect(customer.bought(name)).to.equal(1);
      expect(await customer.lookUp(name)).to.include(wholesalers[name].ledger()[0]?.iccid);
    });

    it(`${name}: timeout-not-bought drops the connection and buys nothing`, async () => {
      expect(await failureOf(customer.buy(name, 'timeout-not-bought'))).to.be.instanceOf(TypeError);

      expect(customer.bought(name)).to.equal(0);
    });

    it(`${name}: timeout-bought-late shows the purchase only after a while`, async () => {
      wholesalers[name].fault({ fault: 'timeout-bought-late', ms: MINUTE });
      expect(await failureOf(customer.buy(name, 'x'))).to.be.instanceOf(TypeError);
      const { iccid = '' } = wholesalers[name].ledger()[0] ?? {};

      expect(await customer.lookUp(name)).not.to.include(iccid);
      clock.advance(MINUTE);
      expect(await customer.lookUp(name)).to.include(iccid);
    });

    it(`${name}: hang-bought buys and never answers`, async () => {
      const answer = customer.buy(name, 'hang-bought').then(
        () => 'answered',
        () => 'closed',
      );
      const patience = new Promise((resolve) => setTimeout(resolve, 100, 'waiting'));

      expect(await Promise.race([answer, patience])).to.equal('waiting');
      expect(customer.bought(name)).to.equal(1);
    });

    it(`${name}: garbage buys and answers what is not JSON`, async () => {
      expect(await failureOf(customer.buy(name, 'garbage'))).to.be.instanceOf(SyntaxError);

      expect(customer.bought(name)).to.equal(1);
    });

    it(`${name}: server-error-bought answers 500 although it bought`, async () => {
      expect((await customer.buy(name, 'server-error-bought')).status).to.equal(500);

      expect(customer.bought(name)).to.equal(1);
    });

    it(`${name}: no-code answers success without an activation code`, async () => {
      const { status, body } = await customer.buy(name, 'no-code');

      expect(status).to.equal(200);
      expect(JSON.stringify(body)).not.to.include('LPA:');
      expect(wholesalers[name].ledger()[0]).to.include({ lpa: null });
    });

    it(`${name}: duplicate-iccid gives the last ICCID again`, async () => {
      await customer.buy(name, 'x');
      await customer.buy(name, 'duplicate-iccid');

      const [first, second] = wholesalers[name].ledger();
      expect(second?.iccid).to.equal(first?.iccid);
      expect(second?.lpa).not.to.equal(first?.lpa);
    });

    it(`${name}: delayed gives the profile after two look-ups`, async () => {
      const { status, body } = await customer.buy(name, 'delayed');
      expect(status).to.equal(200);
      const { lpa = '' } = wholesalers[name].ledger()[0] ?? {};
      expect(JSON.stringify(body)).not.to.include(lpa);

      expect(await customer.lookUp(name)).not.to.include(lpa);
      expect(await customer.lookUp(name)).not.to.include(lpa);
      expect(await customer.lookUp(name)).to.include(lpa);
    });

    it(`${name}: slow answers after a while`, async () => {
      wholesalers[name].fault({ fault: 'slow', ms: 50 });
      const start = Date.now();

      expect((await customer.buy(name, 'x')).status).to.equal(200);
      expect(Date.now() - start).to.be.at.least(45);
    });

    it(`${name}: look-up-down answers reads with 500, for one SKU or for all`, async () => {
      await customer.buy(name, 'x');

      wholesalers[name].fault({ fault: 'look-up-down', sku: 'japan-7days-1gb-x', times: 1 });
      expect(await customer.lookUp(name)).not.to.include('LPA:');
      expect(await customer.lookUp(name)).to.include('LPA:');

      wholesalers[name].fault('look-up-down');
      expect(await customer.lookUp(name)).not.to.include('LPA:');
      expect((await customer.buy(name, 'x')).status).to.equal(200);
    });
  }

  it('MobiMatter: create-timeout keeps the order that nobody heard of, on hold only', async () => {
    const before = wholesalers.mobiMatter.balanceMinor();

    expect(await failureOf(customer.buy('mobiMatter', 'create-timeout'))).to.be.instanceOf(TypeError);

    expect(customer.bought('mobiMatter')).to.equal(0);
    expect(wholesalers.mobiMatter.balanceMinor()).to.be.below(before);
  });

  async function stateAfter(fault: string) {
    const { mobiMatter: ask } = customer.callers;
    const created = await ask('POST', '/order', { productId: `japan-7days-1gb-${fault}` });
    const { orderId } = created.body['result'];
    await failureOf(ask('PUT', '/order/complete', { orderId }));
    return (await ask('GET', `/order/${orderId}`)).body['result'].orderState as string;
  }

  it('MobiMatter: server-error voids the order, timeout-not-bought leaves it open', async () => {
    expect(await stateAfter('server-error')).to.equal('Cancelled');
    expect(await stateAfter('timeout-not-bought')).to.equal('Created');
  });

  it('eSIM Card: delayed says so and names no id, asynchronous names both', async () => {
    const { body } = await customer.buy('esimCard', 'delayed');
    const later = await customer.callers.esimCard('POST', '/package/purchase/async', {
      package_type_id: 'x-delayed',
    });

    expect(body['data']).to.have.keys('sim_applied', 'message');
    const { sim_id: simId, order_id: orderId } = later.body['data'];
    const { sim } = (await customer.callers.esimCard('GET', `/my-esims/${simId}`)).body['data'];
    expect(sim).to.include({ status: 'Initiated', qr_code_text: null, universal_link: null });
    expect((await customer.callers.esimCard('GET', `/order/${orderId}`)).body['data'][0].status).to.equal(
      'Processing',
    );
  });
});
