/** Integer minor units with their currency. No float ever holds money. */
export const CURRENCIES = ['USD', 'EUR', 'KRW', 'JPY'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** Digits after the point, ISO 4217. */
const EXPONENT: Record<Currency, number> = { USD: 2, EUR: 2, KRW: 0, JPY: 0 };

export const isCurrency = (code: string): code is Currency =>
  (CURRENCIES as readonly string[]).includes(code);

/** '11.99' USD → 1199; '1200' KRW → 1200. Null when the text is not an exact amount of the currency. */
export function parseMoney(text: string, currency: Currency): number | null {
  const parts = /^(\d{1,12})(?:\.(\d{1,4}))?$/.exec(text.trim());
  if (!parts) return null;
  const digits = EXPONENT[currency];
  const fraction = (parts[2] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return null;
  return Number(parts[1] + fraction.padEnd(digits, '0'));
}

/** 1199 USD → '11.99': the decimal that CSV and JSON show. */
export function decimalMoney(minor: number, currency: Currency): string {
  const digits = EXPONENT[currency];
  if (digits === 0) return String(minor);
  const padded = String(minor).padStart(digits + 1, '0');
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** 1199 USD in 'en' → '$11.99'; 1200 KRW → '₩1,200'. */
export function formatMoney(minor: number, currency: Currency, language = 'en'): string {
  const key = `${language} ${currency}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(language, { style: 'currency', currency })));
  // Intl takes the decimal as text, so no amount passes through a float.
  return format.format(decimalMoney(minor, currency) as unknown as number);
}

/** The data model's upper bound of a price, 10 000.00, as the same number of minor units in every currency. */
export const HIGHEST_PRICE_MINOR = 1_000_000;

/**
 * Spreads `total` over `weights` in proportion, by largest remainder: the parts are integers, add up to `total`
 * exactly, and none exceeds its weight as long as `total` does not exceed the sum. Ties go to the earlier part.
 */
export function spread(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + BigInt(b), 0n);
  if (sum === 0n) return weights.map(() => 0);
  const parts = weights.map((weight, index) => {
    const share = BigInt(total) * BigInt(weight);
    return { index, amount: share / sum, remainder: share % sum };
  });
  let left = BigInt(total) - parts.reduce((a, part) => a + part.amount, 0n);
  for (const part of parts.toSorted((a, b) =>
    b.remainder === a.remainder ? a.index - b.index : b.remainder > a.remainder ? 1 : -1,
  )) {
    if (left === 0n) break;
    part.amount += 1n;
    left -= 1n;
  }
  return parts.map((part) => Number(part.amount));
}
