import fc from 'fast-check';
import {
  CURRENCIES,
  HIGHEST_PRICE_MINOR,
  decimalMoney,
  formatMoney,
  parseMoney,
  spread,
} from '../../src/lib/money.js';
import { count, sized } from '../support/figures.js';
import { holds } from '../support/properties.js';

/** Of each property. */
const RUNS = sized(20_000, 1_000_000);

/** Digits behind the point (ISO 4217). */
const DIGITS = { USD: 2, EUR: 2, KRW: 0, JPY: 0 };

const currency = fc.constantFrom(...CURRENCIES);
const amount = fc.oneof(fc.nat(1000), fc.nat(HIGHEST_PRICE_MINOR), fc.nat(Number.MAX_SAFE_INTEGER));

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Up to a hundred prices: tiny, equal, of every size that a plan may have, and as large as can still be added up. */
const prices = fc.oneof(
  fc.array(fc.nat(9), { minLength: 1, maxLength: 12 }),
  fc.array(fc.constantFrom(0, 449, 450, 1199, HIGHEST_PRICE_MINOR), { maxLength: 100 }),
  fc.array(fc.nat(HIGHEST_PRICE_MINOR), { maxLength: 100, size: 'medium' }),
  fc.array(fc.nat(Math.floor(Number.MAX_SAFE_INTEGER / 100)), { maxLength: 100, size: 'medium' }),
);

/** A total off prices that add up to no less. */
const discount = prices.chain((weights) => {
  const all = sum(weights);
  const total = fc.oneof(fc.nat(Math.min(all, 20)), fc.nat(all), fc.constant(all));
  return fc.record({ weights: fc.constant(weights), total });
});

/** Each share beside its exact value, `whole` and `rest` over the sum of the weights. */
function shares(total: number, weights: readonly number[]) {
  const all = BigInt(sum(weights)) || 1n;
  return spread(total, weights).map((share, place) => {
    const exact = BigInt(total) * BigInt(weights[place]!);
    return { place, weight: weights[place]!, share, extra: share - Number(exact / all), rest: exact % all };
  });
}

describe('Money, whatever the amount', () => {
  it('is spread without loss, and takes off nobody more than he pays', () => {
    holds(
      RUNS,
      fc.property(discount, ({ total, weights }) => {
        const parts = spread(total, weights);
        return (
          parts.length === weights.length &&
          sum(parts) === total &&
          parts.every((part, i) => Number.isInteger(part) && part >= 0 && part <= weights[i]!)
        );
      }),
    );
    count('money runs', RUNS);
  });

  it('is spread by largest remainder: the units left over go to the largest rests, among equals to the first', () => {
    holds(
      RUNS,
      fc.property(discount, ({ total, weights }) => {
        const ranked = shares(total, weights).toSorted(
          (a, b) => Number(b.rest > a.rest) - Number(b.rest < a.rest) || a.place - b.place,
        );
        return /^1*0*$/.test(ranked.map(({ extra }) => extra).join(''));
      }),
    );
    count('money runs', RUNS);
  });

  it('is spread so that who pays more gets no less, and equals differ by a unit at most', () => {
    holds(
      RUNS,
      fc.property(discount, ({ total, weights }) => {
        const ranked = shares(total, weights).toSorted((a, b) => b.weight - a.weight || a.place - b.place);
        return ranked.every(({ weight, share }, i) => {
          const next = ranked[i + 1];
          return !next || (next.share <= share && (next.weight < weight || share - next.share <= 1));
        });
      }),
    );
    count('money runs', RUNS);
  });

  it('survives being shown and read again', () => {
    holds(
      RUNS,
      fc.property(amount, currency, (minor, code) => {
        const text = decimalMoney(minor, code);
        const form = DIGITS[code] ? /^(0|[1-9]\d*)\.\d\d$/ : /^(0|[1-9]\d*)$/;
        // More than twelve digits before the point are no price, whoever writes them.
        const readable = text.split('.')[0]!.length <= 12;
        return (
          form.test(text) &&
          parseMoney(text, code) === (readable ? minor : null) &&
          formatMoney(minor, code).replace(/\D/g, '') === text.replace('.', '')
        );
      }),
    );
    count('money runs', RUNS);
  });

  it('is read exactly, or not at all', () => {
    const digits = (most: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${most}}$`));
    const written = fc.oneof(
      fc.tuple(digits(12), digits(4)).map((parts) => parts.join('.')),
      fc
        .tuple(digits(6), fc.constantFrom('', '.0', '.5', '.50', '.99', '.990', '.995'))
        .map((parts) => parts.join('')),
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,-+e ')) }),
      fc.string({ unit: 'grapheme' }),
    );
    holds(
      RUNS,
      fc.property(written, currency, (text, code) => {
        const plain = /^\s*(\d{1,12})(?:\.(\d{1,4}))?\s*$/.exec(text);
        const tenThousandths = plain && BigInt(plain[1]! + (plain[2] ?? '').padEnd(4, '0'));
        const unit = 10n ** BigInt(4 - DIGITS[code]);
        const exact =
          tenThousandths !== null && tenThousandths % unit === 0n ? Number(tenThousandths / unit) : null;
        return parseMoney(text, code) === exact;
      }),
    );
    count('money runs', RUNS);
  });
});
