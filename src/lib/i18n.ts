import i18next, { type TFunction } from 'i18next';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fromRoot } from './root.js';

/** One folder a language, one file a topic: `t('cart.empty')` is `empty` in cart.json. A language is added by adding its folder. */
const FOLDER = fromRoot('src', 'locales');

export const LANGUAGES = readdirSync(FOLDER);

const i18n = i18next.createInstance();
await i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: Object.fromEntries(LANGUAGES.map((language) => [language, { translation: wordsOf(language) }])),
  // EJS escapes.
  interpolation: { escapeValue: false },
});

export type Translate = TFunction;

/** The words of one language: `translator('en')('cart.empty')`. */
export const translator = (language: string): Translate => i18n.getFixedT(language);

/** For `{{…}}` in any words, where whoever asks for them does not say another value. */
export function fillIn(values: Record<string, string | number>) {
  i18n.options.interpolation = { ...i18n.options.interpolation, defaultVariables: values };
}

export const hasWords = (key: string) => i18n.exists(key);

function wordsOf(language: string) {
  const topics = readdirSync(join(FOLDER, language)).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(
    topics.map((file) => [
      basename(file, '.json'),
      JSON.parse(readFileSync(join(FOLDER, language, file), 'utf8')) as object,
    ]),
  );
}
