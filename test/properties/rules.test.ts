import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Coupon, Purchase, User } from '../../src/models/index.js';
import { canonicalEmail, rules } from '../../src/models/rules.js';
import { emptyDatabase } from '../support/database.js';
import { aCoupon, aPurchase, aUser } from '../support/factories.js';
import { count, sized } from '../support/figures.js';
import { holds } from '../support/properties.js';

/** Of each rule. */
const RUNS = sized(500, 100_000);
const ROWS = sized(15, 3000);

const of = (units: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(units)), maxLength, size: 'max' });
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(''));
const space = fc.constantFrom('', '', ' ', '\t', '\u00a0', '\u3000');

/** RFC 5322 dot-atom, RFC 1035 names. */
const ATOMS = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const NAMES = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/i;

interface Spec {
  /** What people write: almost right, in the ways in which this is done. */
  written: fc.Arbitrary<string>;
  clean: (text: string) => string;
  good: (text: string) => boolean;
}

/** The rules once more, from the data model, without its code. */
const SPECS: Record<'email' | 'personName' | 'phone' | 'slug' | 'couponCode', Spec> = {
  email: {
    written: joined(
      space,
      fc.oneof(of('abZ019', 66), of('aZ9.+_-é@ ,<"\n', 8)),
      fc.constantFrom('@', '@', '@', '', '@@'),
      fc.oneof(of('abZ01', 65), of('aZ0.-_é', 6)),
      fc.constantFrom('.example', '.co.kr', '.c', '.1a', '', '.a-'),
      space,
    ),
    clean: (text) => text.trim(),
    good: (text) => {
      const [local = '', domain = '', ...more] = text.split('@');
      const labels = domain.split('.');
      return (
        more.length === 0 &&
        ATOMS.test(local) &&
        NAMES.test(domain) &&
        local.length <= 64 &&
        labels.every((label) => label.length <= 63) &&
        text.length >= 6 &&
        text.length <= 254
      );
    },
  },
  personName: {
    written: fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 210, size: 'max' }),
      of('aé김😀 \u0000\u202e\n', 210),
    ),
    clean: (text) => text.trim(),
    good: (text) => text !== '' && Array.from(text).length <= 200 && !/[\p{Cc}\p{Cf}]/u.test(text),
  },
  phone: {
    written: fc.oneof(
      joined(space, fc.constantFrom('+', ''), of('0123456789 -.()', 24), space),
      of('+12٣a', 8),
    ),
    clean: (text) => (text.trim().length > 40 ? 'too long' : text.replace(/[\s().-]/g, '')),
    good: (text) => /^\+?[1-9]\d{1,14}$/.test(text),
  },
  slug: {
    written: fc.oneof(of('az09-', 12), of('az-A é\n', 6), of('a', 205)),
    clean: (text) => text,
    good: (text) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && !text.includes('\n') && text.length <= 200,
  },
  couponCode: {
    written: joined(space, of('azAZ09', 14), fc.constantFrom('', '', '-', 'ß', ' a'), space),
    clean: (text) => text.trim().toUpperCase(),
    good: (text) => /^[A-Z0-9]{6,12}$/.test(text),
  },
};

describe('The rules of fields, whatever is written', () => {
  for (const [name, { written, clean, good }] of Object.entries(SPECS)) {
    it(`${name}: take what is right, cleaned, and nothing else; and twice is once`, () => {
      const rule = rules[name as keyof typeof SPECS];
      const verdicts = new Set<boolean>();
      holds(
        RUNS,
        fc.property(written, (text) => {
          const verdict = rule.safeParse(text);
          verdicts.add(verdict.success);
          if (!verdict.success) return !good(clean(text));
          return (
            verdict.data === clean(text) && good(verdict.data) && rule.parse(verdict.data) === verdict.data
          );
        }),
      );
      assert.equal(verdicts.size, 2);
      count('field runs', RUNS);
    });
  }

  const taken = (name: keyof typeof SPECS) =>
    SPECS[name].written
      .filter((text) => rules[name].safeParse(text).success)
      .map((text) => rules[name].parse(text));

  it('an address has one canonical form, however it is written', () => {
    holds(
      RUNS,
      fc.property(taken('email'), space, (email, around) => {
        const canonical = canonicalEmail(email);
        const variants = [email.toUpperCase(), email.toLowerCase(), `${around}${email}${around}`, canonical];
        return (
          variants.every((variant) => canonicalEmail(variant) === canonical) &&
          rules.email.parse(canonical) === canonical
        );
      }),
    );
    count('field runs', RUNS);
  });

  it('what they take, the tables take, and give back as it was', async () => {
    await holds(
      ROWS,
      fc.asyncProperty(
        taken('email'),
        taken('personName'),
        taken('phone'),
        taken('couponCode'),
        async (email, name, phone, code) => {
          await emptyDatabase();
          const { id } = await aUser({ email, name });
          assert.deepEqual(await User.findByPk(id, { attributes: ['email', 'name'], raw: true }), {
            email: canonicalEmail(email),
            name,
          });
          const purchase = await aPurchase({ email, canonicalEmail: canonicalEmail(email), name, phone });
          assert.deepEqual(
            await Purchase.findByPk(purchase.id, { attributes: ['email', 'name', 'phone'], raw: true }),
            { email, name, phone },
          );
          await aCoupon({ code });
          assert.ok(await Coupon.findOne({ where: { code } }));
        },
      ),
    );
    await emptyDatabase();
  });
});
