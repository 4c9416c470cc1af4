import { expect } from 'chai';
import { clock, MINUTE, SECOND } from '../../src/lib/clock.js';
import { EsimCard } from '../../src/providers/index.js';
import { aDeadAddress, aLookUp, anEsimCardSim, aWholesaler, ICCID, LPA, withoutDatabase } from './support.js';
import type { Reply, Wholesaler } from './support.js';

const esimCardAt = (baseUrl: string) => new EsimCard({ baseUrl, token: 'portal', timeouts: { read: 150 } });

const aSim = (overrides = {}): Reply => ({
  json: { status: true, data: { sim: anEsimCardSim(overrides), in_use_packages: [] } },
});

const aPage = (rows: object[], lastPage = 1): Reply => ({
  json: { status: true, meta: { lastPage }, data: rows },
});

const ago = (ms: number) => new Date(clock.now() - ms).toISOString();

const found = (providerOrderId: string) => ({
  kind: 'found',
  esim: { iccid: ICCID, lpa: LPA, apn: 'internet' },
  providerOrderId,
  costMinor: 361,
});

describe('Looking up a purchase at eSIM Card', () => {
  let there: Wholesaler;
  let esimCard: EsimCard;
  beforeEach(async () => {
    there = await aWholesaler();
    esimCard = esimCardAt(there.url);
    there.script = {
      'GET /package/detail/a-sku': {
        json: { status: true, data: { id: 'a-sku', name: 'Europe 1GB', price: '3.61' } },
      },
      'GET /my-esims/sim-1': aSim(),
    };
  });
  afterEach(() => there.close());

  const lists = (...pages: Reply[]) => (there.script['GET /my-esims'] = pages);

  const lookUp = (ageMs = 0) =>
    esimCard.lookUp(aLookUp({ providerOrderId: 'sim-1:100', sentAt: clock.now() - ageMs }));

  describe('that was named', () => {
    it('finds it', async () => expect(await lookUp()).to.deep.equal(found('sim-1:100')));

    it('waits for its code', async () => {
      there.script['GET /my-esims/sim-1'] = aSim({ qr_code_text: '' });

      expect(await lookUp()).to.deep.equal({ kind: 'pending', providerOrderId: 'sim-1:100' });
    });

    it('asks for a person when it failed or is for another package', async () => {
      there.script['GET /my-esims/sim-1'] = [aSim({ status: 'Failed' }), aSim({ last_bundle: 'Asia' })];

      expect((await lookUp()).kind).to.equal('ambiguous');
      expect((await lookUp()).kind).to.equal('ambiguous');
    });

    it('waits while it is not listed, then asks for a person, but never calls it not bought', async () => {
      there.script['GET /my-esims/sim-1'] = { status: 404, json: { status: false, message: 'not found' } };

      expect((await lookUp()).kind).to.equal('pending');
      expect((await lookUp(16 * MINUTE)).kind).to.equal('ambiguous');
    });
  });

  describe('that was not named', () => {
    it('finds the new eSIM with the ordered package', async () => {
      lists(aPage([anEsimCardSim(), anEsimCardSim({ id: 'sim-2', last_bundle: 'Asia 1GB' })]));

      expect(await esimCard.lookUp(aLookUp())).to.deep.equal(found('sim-1'));
    });

    it('allows for clocks that differ, but not for older eSIMs', async () => {
      lists(aPage([anEsimCardSim({ created_at: ago(50 * SECOND) })]));
      expect((await esimCard.lookUp(aLookUp())).kind).to.equal('found');

      lists(aPage([anEsimCardSim({ created_at: ago(70 * SECOND) })]));
      expect(await esimCard.lookUp(aLookUp())).to.deep.equal({ kind: 'not_found' });
    });

    it('reads a time without a zone as UTC', async () => {
      lists(aPage([anEsimCardSim({ created_at: ago(0).slice(0, 19).replace('T', ' ') })]));

      expect((await esimCard.lookUp(aLookUp())).kind).to.equal('found');
    });

    it('leaves alone what belongs to another of our orders', async () => {
      lists(aPage([anEsimCardSim({ iccid: `${ICCID}F` })]));

      expect(await esimCard.lookUp(aLookUp({ isTaken: async (iccid) => iccid === ICCID }))).to.deep.equal({
        kind: 'not_found',
      });
    });

    it('does not choose between two', async () => {
      lists(aPage([anEsimCardSim(), anEsimCardSim({ id: 'sim-2', iccid: '8910300000000000025' })]));

      expect((await esimCard.lookUp(aLookUp())).kind).to.equal('ambiguous');
    });

    it('waits for a new eSIM that has no package or no code yet', async () => {
      lists(aPage([anEsimCardSim({ last_bundle: null, iccid: null })]));
      expect(await esimCard.lookUp(aLookUp())).to.deep.equal({ kind: 'pending', providerOrderId: null });

      lists(aPage([anEsimCardSim()]));
      there.script['GET /my-esims/sim-1'] = aSim({ qr_code_text: null });
      expect(await esimCard.lookUp(aLookUp())).to.deep.equal({ kind: 'pending', providerOrderId: 'sim-1' });
    });

    it('does not read further than the newest pages', async () => {
      const older = [
        anEsimCardSim({ created_at: ago(HALF_HOUR) }),
        anEsimCardSim({ created_at: ago(2 * HALF_HOUR) }),
      ];
      lists(aPage(older, 300));

      expect(await esimCard.lookUp(aLookUp())).to.deep.equal({ kind: 'not_found' });
      expect(there.routes().filter((route) => route === 'GET /my-esims')).to.have.length(1);
    });

    it('reads all pages of a listing that runs the other way', async () => {
      const older = [
        anEsimCardSim({ created_at: ago(2 * HALF_HOUR) }),
        anEsimCardSim({ created_at: ago(HALF_HOUR) }),
      ];
      lists(aPage(older, 2), aPage([anEsimCardSim()], 2));

      expect((await esimCard.lookUp(aLookUp())).kind).to.equal('found');
    });

    it('says nothing when there are too many pages to have seen everything', async () => {
      lists(aPage([anEsimCardSim({ created_at: ago(HALF_HOUR) })], 300));

      expect((await esimCard.lookUp(aLookUp())).kind).to.equal('unreachable');
    });

    for (const [what, reply] of Object.entries({
      'a 500': { status: 500, text: '' },
      'a refusal': { json: { status: false, message: 'no' } },
      garbage: { text: 'OK' },
      'a time that is none': aPage([anEsimCardSim({ created_at: 'today' })]),
      silence: 'hang' as const,
      'a reset': 'reset' as const,
    })) {
      it(`says nothing after ${what}`, async () => {
        lists(reply);

        expect((await esimCard.lookUp(aLookUp())).kind).to.equal('unreachable');
      });
    }

    it('says nothing when the package or our own books cannot be read', async () => {
      lists(aPage([anEsimCardSim()]));
      expect((await esimCard.lookUp(aLookUp({ isTaken: withoutDatabase }))).kind).to.equal('unreachable');

      there.script['GET /package/detail/a-sku'] = { status: 404, json: { message: 'no' } };
      expect((await esimCard.lookUp(aLookUp())).kind).to.equal('unreachable');
    });

    it('says nothing where nobody listens', async () => {
      const nowhere = esimCardAt(await aDeadAddress());

      expect((await nowhere.lookUp(aLookUp())).kind).to.equal('unreachable');
    });
  });
});

const HALF_HOUR = 30 * MINUTE;
