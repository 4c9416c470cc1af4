const ZERO_DECIMAL = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const THREE_DECIMAL = new Set('bhd jod kwd omr tnd'.split(' '));

/** The least that can be charged, in minor units. */
const MINIMUM = new Map(
  Object.entries({
    30: 'gbp',
    50: 'usd eur jpy krw cad aud nzd chf sgd brl inr ars cop idr ils php rub zar',
    200: 'aed myr pln ron',
    250: 'dkk',
    300: 'nok sek',
    400: 'hkd',
    1000: 'mxn thb',
    1500: 'czk',
    17500: 'huf',
  }).flatMap(([least, codes]) => codes.split(' ').map((code) => [code, Number(least)] as const)),
);

const KNOWN = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

export const isCurrency = (code: string) => KNOWN.has(code.toLowerCase());

export const minimumCharge = (currency: string) => MINIMUM.get(currency) ?? 1;

/** Three-decimal amounts must end in 0. */
export const isChargeable = (amount: number, currency: string) =>
  !THREE_DECIMAL.has(currency) || amount % 10 === 0;

function decimals(currency: string) {
  if (ZERO_DECIMAL.has(currency)) return 0;
  return THREE_DECIMAL.has(currency) ? 3 : 2;
}

export function money(amount: number, currency: string) {
  const digits = decimals(currency);
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digits);
}
