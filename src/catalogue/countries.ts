import isoCountries from 'i18n-iso-countries';
import { isCountry } from '../models/rules.js';

const CODES = Object.keys(isoCountries.getAlpha2Codes()).filter(isCountry);

const names = new Map<string, Intl.DisplayNames>();

export function countryName(code: string, language: string): string {
  let display = names.get(language);
  if (!display) names.set(language, (display = new Intl.DisplayNames(language, { type: 'region' })));
  return display.of(code) ?? code;
}

/** Codes of the countries that people mean by a word: 'kor' → KR, KP; 'uk' → GB, UA; 'turkiye' → TR. */
export function countriesCalled(word: string): string[] {
  const start = ` ${plain(word)}`;
  return CODES.filter((code) => called(code).includes(start));
}

const spelled = new Map<string, string>();

/** Everything a country is called in English, each word after a space. */
function called(code: string): string {
  let all = spelled.get(code);
  if (!all) {
    const others = isoCountries.getNames('en', { select: 'all' })[code] ?? [];
    all = plain(
      ` ${[countryName(code, 'en'), ...others, code, isoCountries.alpha2ToAlpha3(code)].join(' ')}`,
    );
    spelled.set(code, all);
  }
  return all;
}

/** Without accents, capitals and punctuation, as people type into a search box. */
const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ');

const sorted = new Map<string, { code: string; name: string }[]>();

/** All of them, for people to choose from. */
export function countriesByName(language: string): { code: string; name: string }[] {
  let list = sorted.get(language);
  if (!list) {
    const named = CODES.map((code) => ({ code, name: countryName(code, language) }));
    sorted.set(language, (list = named.toSorted((a, b) => a.name.localeCompare(b.name, language))));
  }
  return list;
}
