import i18next, { type TFunction } from 'i18next';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fromRoot } from './root.js';

/** One JSON file a language, found by its name: adding a language is adding a file. */
const FOLDER = fromRoot('src', 'locales');

export const LANGUAGES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => basename(file, '.json'));

const i18n = i18next.createInstance();
await i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: Object.fromEntries(
    LANGUAGES.map((language) => [
      language,
      { translation: JSON.parse(readFileSync(join(FOLDER, `${language}.json`), 'utf8')) as object },
    ]),
  ),
  // EJS escapes.
  interpolation: { escapeValue: false },
  returnNull: false,
});

export type Translate = TFunction;

/** The words of one language: `translator('en')('cart.empty')`. */
export const translator = (language: string): Translate => i18n.getFixedT(language);

export const hasWords = (key: string) => i18n.exists(key);
