import { parseMoney, type Currency } from './money.js';

const SIGNS: Record<Currency, string> = { USD: '$', EUR: '€', KRW: '₩', JPY: '¥' };

const LONGEST = 40;
const DECIMALS = /^(.*)([.,])(\d{1,2})$/;
const PLAIN = /^\d{1,12}$/;
const IN_GROUPS = /^\d{1,3}([,. '])\d{3}(?:\1\d{3}){0,3}$/;

/**
 * An amount as people type it, in minor units: '12.50', '12,50', '1,234.50', '1.234,50', '₩6,900', '12 USD'. Null when it
 * is no exact amount of the currency, or could mean two: '1.005' is a thousand to some and one to others.
 */
export function typedMoney(text: string, currency: Currency): number | null {
  if (text.length > LONGEST) return null;
  const amount = withoutSign(text.normalize('NFKC').trim().toUpperCase(), currency);
  const [, before = amount, point, decimals] = DECIMALS.exec(amount) ?? [];
  const whole = ungrouped(before, point);
  if (whole === null) return null;
  return parseMoney(decimals === undefined ? whole : `${whole}.${decimals}`, currency);
}

function withoutSign(amount: string, currency: Currency) {
  for (const sign of [SIGNS[currency].normalize('NFKC'), currency]) {
    if (amount.startsWith(sign)) return amount.slice(sign.length).trim();
    if (amount.endsWith(sign)) return amount.slice(0, -sign.length).trim();
  }
  return amount;
}

/** '1,234' → '1234'; what groups thousands is not also the decimal point. */
function ungrouped(whole: string, point?: string) {
  if (PLAIN.test(whole)) return whole;
  const separator = IN_GROUPS.exec(whole)?.[1];
  if (separator === undefined || separator === point) return null;
  const isOneDot = separator === '.' && point === undefined && whole.length < 8;
  return isOneDot ? null : whole.replaceAll(separator, '');
}
