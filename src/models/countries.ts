import isoCountries from 'i18n-iso-countries';

/** Officially assigned ISO 3166-1 alpha-2 codes; XK is a user-assigned one. */
const COUNTRIES = new Set(Object.keys(isoCountries.getAlpha2Codes()).filter((code) => code !== 'XK'));

export const isCountry = (code: string) => COUNTRIES.has(code);
