import { expect } from 'chai';
import { decimalMoney, formatMoney, isCurrency, parseMoney, spread } from '../../src/lib/money.js';

/** Numbers that are the same in every run (mulberry32). */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return (most: number) => Math.floor(next() * (most + 1));
}

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

describe('Money', () => {
  it('spread over 10,000 random carts adds up, takes nobody more than he pays, and is fair to a unit', () => {
    const roll = dice(20261122);
    for (let round = 0; round < 10_000; round += 1) {
      const most = [3, 100, 10_000, 1_000_000][roll(3)]!;
      const weights = Array.from({ length: 1 + roll(99) }, () => roll(most));
      const all = sum(weights);
      const total = roll(5) === 0 ? all : roll(all);
      const parts = spread(total, weights);
      const seen = JSON.stringify({ total, weights, parts });
      if (sum(parts) !== total) expect.fail(`does not add up: ${seen}`);
      for (const [index, part] of parts.entries()) {
        const fair = all === 0 ? 0 : (total * weights[index]!) / all;
        if (!Number.isInteger(part) || part < 0 || part > weights[index]!) expect.fail(`too much: ${seen}`);
        if (Math.abs(part - fair) >= 1) expect.fail(`unfair: ${seen}`);
      }
    }
  });

  it('spread gives what cannot be divided to the largest remainder, and to the first among equals', () => {
    expect(spread(100, [1, 1, 1])).to.deep.equal([34, 33, 33]);
    expect(spread(1, [450, 450])).to.deep.equal([1, 0]);
    expect(spread(10, [999, 1001, 2000])).to.deep.equal([2, 3, 5]);
    expect(spread(0, [450, 450])).to.deep.equal([0, 0]);
    expect(spread(450, [450])).to.deep.equal([450]);
    expect(spread(0, [0, 0])).to.deep.equal([0, 0]);
    expect(spread(0, [])).to.deep.equal([]);
    expect(
      spread(
        999_999_999,
        Array.from({ length: 100 }, () => 1_000_000_000),
      ).reduce((a, b) => a + b),
    ).to.equal(999_999_999);
  });

  it('is read from text in the digits of its currency', () => {
    expect(parseMoney('11.99', 'USD')).to.equal(1199);
    expect(parseMoney(' 0.1 ', 'EUR')).to.equal(10);
    expect(parseMoney('4.5000', 'USD')).to.equal(450);
    expect(parseMoney('1200', 'KRW')).to.equal(1200);
    expect(parseMoney('1200.00', 'JPY')).to.equal(1200);
    // 1.15 * 100 is 114.99999999999999 in a float.
    expect(parseMoney('1.15', 'USD')).to.equal(115);
  });

  it('is not read from text that is no exact amount', () => {
    for (const text of [
      '',
      '-1',
      '+1',
      '1,000',
      '1.',
      '.5',
      '1e3',
      '0x10',
      '1.005',
      '١',
      'NaN',
      '9'.repeat(13),
    ])
      expect(parseMoney(text, 'USD'), text).to.equal(null);
    expect(parseMoney('1200.5', 'KRW')).to.equal(null);
    expect(parseMoney('1200.5', 'JPY')).to.equal(null);
  });

  it('is shown as a decimal of its currency', () => {
    expect([5, 50, 1199, 1_000_000].map((minor) => decimalMoney(minor, 'USD'))).to.deep.equal([
      '0.05',
      '0.50',
      '11.99',
      '10000.00',
    ]);
    expect(decimalMoney(1200, 'KRW')).to.equal('1200');
    expect(decimalMoney(0, 'JPY')).to.equal('0');
  });

  it('survives being shown and read again', () => {
    const roll = dice(7);
    for (let round = 0; round < 1000; round += 1) {
      const minor = roll(2_000_000_000);
      for (const currency of ['USD', 'EUR', 'KRW', 'JPY'] as const)
        expect(parseMoney(decimalMoney(minor, currency), currency)).to.equal(minor);
    }
  });

  it('is written as people of a language write it', () => {
    expect(formatMoney(1199, 'USD')).to.equal('$11.99');
    expect(formatMoney(119_900, 'EUR')).to.equal('€1,199.00');
    expect(formatMoney(1200, 'KRW')).to.equal('₩1,200');
    expect(formatMoney(1200, 'JPY')).to.equal('¥1,200');
    expect(formatMoney(1199, 'EUR', 'de')).to.equal('11,99\u00A0€');
    expect(formatMoney(1200, 'KRW', 'ko')).to.equal('₩1,200');
  });

  it('has four currencies', () => {
    expect(['USD', 'EUR', 'KRW', 'JPY'].every(isCurrency)).to.equal(true);
    expect(['usd', 'GBP', '', 'toString'].some(isCurrency)).to.equal(false);
  });
});
