import { expect } from 'chai';
import { canonicalEmail, isCountry, rules } from '../../src/models/rules.js';

type Rule = keyof typeof rules;

/** What a rule makes of a text: the cleaned value, or the key of its sentence. */
function verdict(rule: Rule, text: unknown): unknown {
  const result = rules[rule].safeParse(text);
  return result.success ? result.data : result.error.issues[0]!.message;
}

const good: Record<string, [Rule, string, unknown][]> = {
  'e-mail': [
    ['email', 'alice@example.com', 'alice@example.com'],
    ['email', ' Alice.B+tag@mail.example.co.kr ', 'Alice.B+tag@mail.example.co.kr'],
    ['email', `${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ],
  phone: [
    ['phone', '+82 10-1234-5678', '+821012345678'],
    ['phone', '(415) 555.0100', '4155550100'],
  ],
  slug: [
    ['slug', 'japan-1gb-7-days', 'japan-1gb-7-days'],
    ['slug', '7', '7'],
  ],
  'coupon code': [['couponCode', ' summer26 ', 'SUMMER26']],
  country: [
    ['country', 'JP', 'JP'],
    ['country', 'GE', 'GE'],
    ['country', 'BO', 'BO'],
  ],
  name: [['personName', ' 김민준 O’Brien-Łukasz ', '김민준 O’Brien-Łukasz']],
  quantity: [
    ['quantity', '1', 1],
    ['quantity', '20', 20],
  ],
};

const bad: Record<string, [Rule, unknown[], string]> = {
  'e-mail': [
    'email',
    [
      '',
      'alice',
      'alice@',
      '@example.com',
      'a@b@example.com',
      'a,b@example.com',
      '<a@example.com>',
      'a b@example.com',
      'a..b@example.com',
      '.a@example.com',
      'a@example..com',
      'a@-example.com',
      'a@example',
      'a@127.0.0.1',
      'a@example.com\nBcc: b@example.com',
      `${'a'.repeat(65)}@example.com`,
      `a@${'b'.repeat(64)}.com`,
      null,
      7,
      ['a@example.com'],
    ],
    'errors.email',
  ],
  'throw-away e-mail': ['email', ['a@tempmail.com', 'a@GuerrillaMail.com'], 'errors.emailDisposable'],
  phone: ['phone', ['', '+', '+0123', '0101234', '12345678901234567', '+82a10', '＋82'], 'errors.phone'],
  slug: [
    'slug',
    ['', '-', 'Japan', 'japan-', '-japan', 'a--b', 'a b', 'a\n', 'é', 'a'.repeat(201)],
    'errors.slug',
  ],
  'coupon code': ['couponCode', ['', 'ABCDE', 'ABCDEFGHIJKLM', 'ABC DEF', 'ABC-DEF'], 'errors.couponCode'],
  country: ['country', ['', 'ZZ', 'jp', 'XK', 'UK', 'EU', 'JPN', 'constructor'], 'errors.country'],
  name: ['personName', ['a'.repeat(201), 'Alice\u0000', 'Alice\u202Eecila', 'Alice\u200B'], 'errors.name'],
  currency: ['currency', ['', 'GBP', 'usd', 'toString'], 'errors.currency'],
  quantity: ['quantity', ['0', '21', '1.5', '-1', 'many', '1e9', 'Infinity'], 'errors.quantity'],
};

describe('The rules of fields', () => {
  for (const [what, cases] of Object.entries(good)) {
    it(`take a good ${what}`, () => {
      for (const [rule, text, value] of cases) expect(verdict(rule, text)).to.equal(value);
    });
  }

  for (const [what, [rule, texts, key]] of Object.entries(bad)) {
    it(`refuse a bad ${what} with its sentence`, () => {
      for (const text of texts) expect(verdict(rule, text), JSON.stringify(text)).to.equal(key);
    });
  }

  it('write an e-mail address one way only', () => {
    expect(canonicalEmail(' Alice@Example.COM ')).to.equal('alice@example.com');
    expect(canonicalEmail('jose\u0301@example.com')).to.equal(canonicalEmail('jos\u00E9@example.com'));
    expect(isCountry('__proto__')).to.equal(false);
  });

  const size = 100 * 1024;
  const hostile = {
    'the letter a': 'a'.repeat(size),
    spaces: ' '.repeat(size),
    'at signs': '@'.repeat(size),
    'dots after an at': `a@${'a.'.repeat(size / 2)}`,
    'labels that almost end': `a@${'a-'.repeat(size / 2)}`,
    'hyphens between letters': 'a-'.repeat(size / 2),
    brackets: '(('.repeat(size / 2),
    digits: `+${'1'.repeat(size)}!`,
    'marks to be composed': 'e\u0301'.repeat(size / 2),
  };
  for (const [what, text] of Object.entries(hostile)) {
    it(`answer 100 KB of ${what} in less than 20 ms each`, () => {
      for (const rule of Object.keys(rules) as Rule[]) {
        verdict(rule, text);
        const begin = performance.now();
        verdict(rule, text);
        expect(performance.now() - begin, rule).to.be.below(20);
      }
      const begin = performance.now();
      canonicalEmail(text);
      expect(performance.now() - begin, 'canonicalEmail').to.be.below(20);
    });
  }
});
