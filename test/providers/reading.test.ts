import { expect } from 'chai';
import { clock } from '../../src/lib/clock.js';
import { usableEsim } from '../../src/providers/activation.js';
import { centsOf } from '../../src/providers/cents.js';
import { createProviders } from '../../src/providers/index.js';
import { retryAfterMs } from '../../src/providers/retry-after.js';
import { ICCID, LPA } from './support.js';

describe('Amounts of wholesalers', () => {
  const amounts: [unknown, number | null][] = [
    [4.5, 450],
    ['13.53', 1353],
    [1.1, 110],
    [0, 0],
    [1.005, 101],
    ['1.0049', 100],
    [0.1 + 0.2, 30],
    [8.999, 900],
    [-5.25, -525],
    ['1,5', null],
    ['', null],
    [1e-7, null],
    [null, null],
    [Number.NaN, null],
  ];
  for (const [amount, cents] of amounts) {
    it(`reads ${JSON.stringify(amount)} as ${cents} cents`, () => expect(centsOf(amount)).to.equal(cents));
  }
});

const esim = (overrides: Partial<Parameters<typeof usableEsim>[0]>) =>
  usableEsim({ iccid: ICCID, lpa: LPA, smdp: null, matchingId: null, ...overrides });

const links = (host: string) => ({ appleUrl: `https://${host}/x`, androidUrl: `https://${host}/x` });

describe('An activation code', () => {
  for (const lpa of [LPA, 'LPA:1$SMDP.GSMA.COM$$1.3.6.1.4.1.31746', `${LPA}$$1`, `${LPA}$1.3.6$1$later`]) {
    it(`may be ${lpa}`, () => expect(esim({ lpa })?.lpa).to.equal(lpa));
  }

  for (const lpa of ['', '1$smdp.example.com$A', 'LPA:1$', 'LPA:1$a b$c', `LPA:1$host$${'A'.repeat(260)}`]) {
    it(`may not be "${lpa.slice(0, 30)}"`, () => expect(esim({ lpa })).to.equal(null));
  }

  it('is put together when only its parts were given', () => {
    expect(esim({ lpa: null, smdp: 'smdp.example.com', matchingId: 'ABC-123' })?.lpa).to.equal(LPA);
  });

  it('is not made up of missing parts', () => {
    expect(esim({ lpa: 'broken', smdp: 'smdp.example.com' })).to.equal(null);
    expect(esim({ lpa: 'broken' })).to.equal(null);
  });

  it('needs an ICCID, whose padding is dropped and whose check digit is not judged', () => {
    expect(esim({ iccid: `${ICCID}F` })?.iccid).to.equal(ICCID);
    expect(esim({ iccid: '891000000000009125' })?.iccid).to.equal('891000000000009125');
    for (const iccid of [null, '', '1234567890123456789', '89123']) expect(esim({ iccid })).to.equal(null);
  });

  it('loses what no database takes, and is not lost over it', () => {
    expect(esim({ apn: '\u0000', confirmationCode: '\ud800' })).to.deep.equal({ iccid: ICCID, lpa: LPA });
    expect(esim({ apn: 'plus\u0000.4g' })?.apn).to.equal('plus .4g');
  });

  it('comes with one-tap links to the phone makers only', () => {
    expect(esim(links('evil.example'))).to.deep.equal({ iccid: ICCID, lpa: LPA });
    expect(esim(links('esimsetup.apple.com'))).to.have.property('appleUrl');
    expect(esim(links('esimsetup.android.com'))).to.have.property('androidUrl');
  });
});

const wait = (value: string) => retryAfterMs(new Headers({ 'Retry-After': value }), 5000);

describe('Retry-After', () => {
  it('is read as seconds or as a date, within reason', () => {
    const inAMinute = new Date(clock.now() + 60_000).toUTCString();

    expect(wait('7')).to.equal(7000);
    expect(wait(inAMinute)).to.be.within(58_000, 60_000);
    expect(wait('soon')).to.equal(5000);
    expect(wait('0')).to.equal(1000);
    expect(wait('999999999')).to.equal(3_600_000);
  });
});

describe('The wholesalers', () => {
  it('are those that have settings', () => {
    const providers = createProviders({
      mobiMatter: { apiKey: 'k', merchantId: 'm' },
      airalo: { clientId: 'c', clientSecret: 's' },
      esimCard: undefined,
    });

    expect([...providers.keys()]).to.deep.equal(['MobiMatter', 'Airalo']);
  });
});
