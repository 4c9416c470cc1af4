import type { Translate } from '../lib/i18n.js';
import type { Consent } from '../models/purchase.js';

/** Of the sentence that is agreed to (`withdrawal.consent`): a new wording gets a new date. */
export const CONSENT_VERSION = '2026-11-28';

/** What is written down of a ticked box: the sentence as it was read, its version, and when. */
export const consentNow = (t: Translate, at: Date): Consent => ({
  version: CONSENT_VERSION,
  text: t('withdrawal.consent'),
  at: at.toISOString(),
});
