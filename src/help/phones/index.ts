import { apple } from './apple.js';
import { honor, huawei, onePlus, oppo, realme, vivo, xiaomi } from './chinese-makers.js';
import { google } from './google.js';
import { motorola, nothing, others, sony } from './other-makers.js';
import type { Phone } from './phone.js';
import { samsung } from './samsung.js';

/**
 * Which phones take an eSIM, as far as we know: a help for buyers, not a promise of the makers. Where we are not sure the
 * answer is `some`, and the phone itself (`*#06#`) says the truth. A new model is a word in the file of its maker.
 */
export const PHONES: Phone[] = [
  ...apple,
  ...samsung,
  ...google,
  ...xiaomi,
  ...oppo,
  ...onePlus,
  ...honor,
  ...huawei,
  ...vivo,
  ...realme,
  ...motorola,
  ...nothing,
  ...sony,
  ...others,
];

/** Every maker with its phones, the newest first. */
export const MAKERS = [...new Set(PHONES.map(({ maker }) => maker))].map((name) => ({
  name,
  phones: PHONES.filter(({ maker }) => maker === name).toSorted((a, b) => b.year - a.year),
}));
