const ZERO_DECIMAL = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const THREE_DECIMAL = new Set('bhd jod kwd omr tnd'.split(' '));

/** The least that can be charged, in minor units. */
const MINIMUM: Record<string, number> = {
  ...{ usd: 50, eur: 50, gbp: 30, jpy: 50, krw: 50, cad: 50, aud: 50, nzd: 50, chf: 50, sgd: 50, brl: 50 },
  ...{ inr: 50, aed: 200, czk: 1500, dkk: 250, hkd: 400, huf: 17500, mxn: 1000, myr: 200, nok: 300 },
  ...{
    pln: 200,
    ron: 200,
    sek: 300,
    thb: 1000,
    ars: 50,
    cop: 50,
    idr: 50,
    ils: 50,
    php: 50,
    rub: 50,
    zar: 50,
  },
};

const KNOWN = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

export const isCurrency = (code: string) => KNOWN.has(code.toLowerCase());

export const minimumCharge = (currency: string) => MINIMUM[currency] ?? 1;

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
