import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Airalo, EsimCard, MobiMatter, type BuyOutcome, type Provider } from '../../src/providers/index.js';
import { aMobiMatterOrder, anEsimCardSim, aPurchase, ICCID, LPA, REFERENCE } from '../providers/support.js';
import { count, sized } from '../support/figures.js';
import { damaged } from '../support/json-damage.js';
import { holds } from '../support/properties.js';

const RUNS = sized(200, 50_000);

/** What a wholesaler answers, by the end of the address. */
type Answers = Record<string, unknown>;

const anAiraloOrder = {
  id: 9666,
  currency: 'USD',
  package_id: 'a-sku',
  quantity: '1',
  description: REFERENCE,
  net_price: 1.1,
  status: { slug: 'completed' },
  sims: [
    { iccid: ICCID, qrcode: LPA, lpa: 'smdp.example.com', matching_id: 'ABC-123', apn_value: 'internet' },
  ],
};

/** Each wholesaler's usual answers to a purchase; those named first are spoilt. */
const WHOLESALERS: Record<string, { provider: Provider; spoilt: string[]; usual: Answers; id: string }> = {
  Airalo: {
    provider: new Airalo({ baseUrl: 'http://airalo', clientId: 'id', clientSecret: 'secret' }),
    spoilt: ['/orders'],
    usual: { '/orders': { data: anAiraloOrder }, '/token': { data: { access_token: 'token' } } },
    id: '9666',
  },
  MobiMatter: {
    provider: new MobiMatter({ baseUrl: 'http://mobimatter', apiKey: 'key', merchantId: 'merchant' }),
    spoilt: ['/order', '/order/complete'],
    usual: {
      '/order': { statusCode: 200, result: { orderId: 'MM-1', productCategory: 'esim_realtime' } },
      '/order/complete': { statusCode: 200, result: aMobiMatterOrder() },
    },
    id: 'MM-1',
  },
  'eSIM Card': {
    provider: new EsimCard({ baseUrl: 'http://esimcard', token: 'token', pollDelaysMs: [0] }),
    spoilt: ['/package/purchase/async', '/my-esims/sim-1', '/package/detail/a-sku'],
    usual: {
      '/package/purchase/async': {
        status: true,
        data: { sim_applied: false, sim_id: 'sim-1', order_id: 100 },
      },
      '/my-esims/sim-1': {
        status: true,
        data: { sim: anEsimCardSim(), in_use_packages: [{ package_type_id: 'a-sku' }] },
      },
      '/package/detail/a-sku': { status: true, data: { id: 'a-sku', name: 'Europe 1GB', price: '3.61' } },
    },
    id: 'sim-1',
  },
};

const TEMPTING = [
  'b-sku',
  'another reference',
  'failed',
  'refunded',
  'Cancelled',
  'Created',
  'Processing',
  'sim-2',
];

/** Answers of which one is damaged, or cut off. */
const spoilt = ({
  spoilt: paths,
  usual,
}: (typeof WHOLESALERS)[string]): fc.Arbitrary<Record<string, string>> =>
  fc
    .constantFrom(...paths)
    .chain((path) =>
      fc.tuple(fc.constant(path), damaged(usual[path], TEMPTING), fc.option(fc.nat(200), { freq: 10 })),
    )
    .map(([path, answer, length]) => {
      const texts = Object.entries(usual).map(([other, body]) => [other, JSON.stringify(body)]);
      const text = JSON.stringify(answer) ?? '';
      return { ...Object.fromEntries(texts), [path]: length === null ? text : text.slice(0, length) };
    });

// oxlint-disable-next-line typescript/no-explicit-any -- what a wholesaler says may be anything
type Spoken = Record<string, any>;

/** Whether the answers, whatever else they say, are about what was ordered. */
const OURS: Record<string, (answers: (path: string) => Spoken) => boolean> = {
  Airalo: (answers) => {
    const { data } = answers('/orders');
    return (
      data.package_id === 'a-sku' && isOurs(data.description) && !/failed|refunded/.test(data.status?.slug)
    );
  },
  MobiMatter: (answers) => {
    const { orderId, orderState, label, orderLineItem } = answers('/order/complete').result;
    const named = answers('/order').result.orderId === orderId;
    return named && orderState === 'Completed' && isOurs(label) && orderLineItem.productId === 'a-sku';
  },
  'eSIM Card': (answers) => {
    const { sim, in_use_packages: packages } = answers('/my-esims/sim-1').data;
    const named = answers('/package/purchase/async').data.sim_id === sim.id;
    const ids = Array.isArray(packages) ? packages.map((one: Spoken) => one?.package_type_id) : [];
    return named && !(ids.length > 0 && ids.every((id) => typeof id === 'string' && id !== 'a-sku'));
  },
};

const isOurs = (reference: unknown) => typeof reference !== 'string' || ['', REFERENCE].includes(reference);

function answerWith(answers: Record<string, string>) {
  globalThis.fetch = async (address) => {
    const { pathname } = new URL(address);
    return new Response(answers[pathname] ?? answers[pathname.replace('/9666', 's')] ?? '{}');
  };
}

const isWhole = (text: string) => !/\p{Cs}/u.test(text);

/** What goes into our books must fit in: PostgreSQL takes neither NUL nor half a character. */
function mustBeSound(outcome: {
  esim: { iccid: string; lpa: string };
  providerOrderId: string;
  costMinor: number | null;
}) {
  const { esim, providerOrderId, costMinor } = outcome;
  assert.match(esim.iccid, /^89\d{16,20}$/);
  assert.match(esim.lpa, /^LPA:1\$[A-Za-z0-9.-]+\$[A-Za-z0-9._-]*(\$[A-Za-z0-9.$_-]*)?$/);
  for (const text of [...Object.values(esim), providerOrderId])
    assert.ok(text !== '' && !text.includes('\u0000') && isWhole(text), JSON.stringify(text));
  assert.ok(costMinor === null || (Number.isSafeInteger(costMinor) && costMinor >= 0), `costs ${costMinor}`);
}

describe('A wholesaler whose answer is spoilt', () => {
  const { fetch } = globalThis;
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  for (const [name, wholesaler] of Object.entries(WHOLESALERS)) {
    it(`${name}: has sold what was ordered, or nobody knows; never "not sold", and never an error`, async () => {
      const seen = new Set<BuyOutcome['kind']>();
      await holds(
        RUNS,
        fc.asyncProperty(spoilt(wholesaler), async (answers) => {
          answerWith(answers);
          const outcome = await wholesaler.provider.buy(aPurchase());
          seen.add(outcome.kind);
          assert.ok(['bought', 'pending', 'unknown'].includes(outcome.kind), outcome.kind);
          if (outcome.kind === 'unknown') assert.ok(!outcome.message.includes('\0'));
          if (outcome.kind !== 'bought') return;
          mustBeSound(outcome);
          assert.ok(
            OURS[name]!((path) => JSON.parse(answers[path]!) as Spoken),
            'bought something else',
          );
        }),
      );
      assert.deepEqual([...seen].toSorted(), ['bought', 'pending', 'unknown']);
      count('spoilt answers', RUNS);
    });
  }
});
