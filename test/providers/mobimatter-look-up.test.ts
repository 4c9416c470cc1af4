import { expect } from 'chai';
import { clock, MINUTE } from '../../src/lib/clock.js';
import { MobiMatter } from '../../src/providers/index.js';
import { aDeadAddress, aLookUp, aMobiMatterOrder, aWholesaler, ICCID, LPA } from './support.js';
import type { Reply, Wholesaler } from './support.js';

const mobiMatterAt = (baseUrl: string) =>
  new MobiMatter({ baseUrl, apiKey: 'key', merchantId: 'merchant', timeouts: { read: 150 } });

const inState = (orderState: string): Reply => ({ json: { result: aMobiMatterOrder({ orderState }) } });

describe('Looking up a purchase at MobiMatter', () => {
  let there: Wholesaler;
  let mobiMatter: MobiMatter;
  beforeEach(async () => {
    there = await aWholesaler();
    mobiMatter = mobiMatterAt(there.url);
  });
  afterEach(() => there.close());

  const lookUp = (ageMs = 0) =>
    mobiMatter.lookUp(aLookUp({ providerOrderId: 'MM-1', sentAt: clock.now() - ageMs }));
  const asks = (...replies: Reply[]) => (there.script['GET /order/MM-1'] = replies);

  const found = {
    kind: 'found',
    esim: { iccid: ICCID, lpa: LPA, apn: 'internet' },
    providerOrderId: 'MM-1',
    costMinor: 540,
  };
  const pending = { kind: 'pending', providerOrderId: 'MM-1' };

  it('is over at once when no order was ever named, as only completing charges', async () => {
    expect((await mobiMatter.lookUp(aLookUp({ providerOrderId: null }))).kind).to.equal('void');
    expect(there.calls).to.deep.equal([]);
  });

  it('finds a completed order', async () => {
    asks(inState('Completed'));

    expect(await lookUp()).to.deep.equal(found);
  });

  it('waits for an order in the making', async () => {
    asks(inState('Processing'));

    expect(await lookUp()).to.deep.equal(pending);
  });

  for (const state of ['Expired', 'Cancelled']) {
    it(`is over when the order is ${state}`, async () => {
      asks(inState(state));

      expect((await lookUp()).kind).to.equal('void');
    });
  }

  it('does not find an order that MobiMatter does not know', async () => {
    asks({ status: 404, json: { statusCode: 404, message: 'order not found' } });

    expect((await lookUp()).kind).to.equal('not_found');
  });

  for (const [what, overrides] of Object.entries({
    'for another product': { orderLineItem: { productId: 'another' } },
    'with another reference': { label: 'another' },
    'in an unexpected state': { orderState: 'Failed' },
  })) {
    it(`asks for a person about an order ${what}`, async () => {
      asks({ json: { result: aMobiMatterOrder(overrides) } });

      expect((await lookUp()).kind).to.equal('ambiguous');
    });
  }

  for (const [what, reply] of Object.entries({
    'a 500': { status: 500, text: '' },
    'a 401': { status: 401, text: '' },
    'a wrong path': { status: 404, json: { statusCode: 404, message: 'Resource not found' } },
    garbage: { text: 'OK' },
    silence: 'hang' as const,
    'a reset': 'reset' as const,
  })) {
    it(`says nothing after ${what}`, async () => {
      asks(reply);

      expect((await lookUp()).kind).to.equal('unreachable');
    });
  }

  it('says nothing where nobody listens', async () => {
    mobiMatter = mobiMatterAt(await aDeadAddress());

    expect((await lookUp()).kind).to.equal('unreachable');
  });

  const completes = (reply: Reply) => (there.script['PUT /order/complete'] = reply);

  describe('that stayed Created', () => {
    beforeEach(() => asks(inState('Created')));

    it('completes nothing while the first completion may still be under way', async () => {
      expect(await lookUp(2 * MINUTE)).to.deep.equal(pending);
      expect(there.routes()).to.deep.equal(['GET /order/MM-1']);
    });

    it('completes it afterwards', async () => {
      completes(inState('Completed'));

      expect(await lookUp(3 * MINUTE)).to.deep.equal(found);
      expect(there.calls.at(-1)!.body).to.deep.equal({ orderId: 'MM-1' });
    });

    for (const [what, reply] of Object.entries({
      'a refusal': { status: 429, json: {} },
      'a reset': 'reset' as const,
      'no change': inState('Created'),
    })) {
      it(`leaves it to the next look-up what ${what} meant`, async () => {
        completes(reply);

        expect(await lookUp(3 * MINUTE)).to.deep.equal(pending);
      });
    }

    it('completes no order that is not ours', async () => {
      asks({ json: { result: aMobiMatterOrder({ orderState: 'Created', label: 'another' }) } });

      expect((await lookUp(3 * MINUTE)).kind).to.equal('ambiguous');
      expect(there.routes()).to.deep.equal(['GET /order/MM-1']);
    });

    it('cancels it when nobody waits for it any more', async () => {
      there.script['PUT /order/cancel'] = { json: { statusCode: 200, result: 'cancelled' } };

      expect((await lookUp(11 * MINUTE)).kind).to.equal('void');
      expect(there.routes()).to.deep.equal(['GET /order/MM-1', 'PUT /order/cancel']);
    });

    it('is not over as long as the cancellation is not confirmed', async () => {
      there.script['PUT /order/cancel'] = { status: 400, json: {} };

      expect(await lookUp(11 * MINUTE)).to.deep.equal(pending);
    });
  });
});
