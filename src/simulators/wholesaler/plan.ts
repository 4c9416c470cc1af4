import countries from 'i18n-iso-countries';

/** A package as the simulated wholesaler sells it. Only an SKU says what it is, so everything follows from its text. */
export interface Plan {
  sku: string;
  title: string;
  country: string;
  countryName: string;
  days: number;
  /** Null means unlimited. */
  gigabytes: number | null;
  costMinor: number;
}

/** Listed from the first day; whatever else is ordered joins the list. */
export const LISTED_FROM_THE_START = [
  'japan-7days-1gb',
  'japan-30days-10gb',
  'thailand-15days-3gb',
  'united-states-30days-5gb',
  'france-10days-unlimited',
];

export function planFor(sku: string): Plan {
  const days = numberBefore(/(\d+)-?days?/i, sku) ?? 7;
  const gigabytes = gigabytesOf(sku);
  const country = countryOf(sku);
  const countryName = countries.getName(country, 'en') ?? country;
  return {
    sku,
    title: `${countryName} ${gigabytes === null ? 'Unlimited' : `${gigabytes} GB`} - ${days} Days (${sku})`,
    country,
    countryName,
    days,
    gigabytes,
    costMinor: gigabytes === null ? 150 * days : 50 + Math.round(60 * gigabytes) + days,
  };
}

export const isUnknown = (sku: string) => sku.startsWith('unknown-');

function gigabytesOf(sku: string) {
  if (/unlimited/i.test(sku)) return null;
  const megabytes = numberBefore(/(\d+)mb/i, sku);
  return megabytes === undefined ? (numberBefore(/(\d+)gb/i, sku) ?? 1) : megabytes / 1024;
}

/** `MM-JP-17` carries a code and `costa-rica-30days-3gb` a name; the others count as American. */
function countryOf(sku: string) {
  const code = /^[A-Za-z]+-([A-Z]{2})-/.exec(sku)?.[1];
  const name = /^([a-z-]+?)-\d/.exec(sku)?.[1]?.replaceAll('-', ' ');
  return code ?? (name && countries.getAlpha2Code(name, 'en')) ?? 'US';
}

function numberBefore(unit: RegExp, sku: string) {
  const digits = unit.exec(sku)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
