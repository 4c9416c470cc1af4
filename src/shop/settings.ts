import { fillIn } from '../lib/i18n.js';
import { SECOND, clock } from '../lib/clock.js';
import { ShopSettings } from '../models/index.js';
import { LEAST_RETURN_DAYS } from '../models/return-days.js';

/** What the owner sets without a deploy, with the code's own choice for what was never set. */
export interface OwnersSettings {
  shopName: string;
  /** Where people write to; null while there is the form alone. */
  supportEmail: string | null;
  returnDays: number;
  /** Who is told when access to the back office changes. */
  alertEmails: string[];
}

export const DEFAULTS: OwnersSettings = {
  shopName: 'NumnaRoad',
  supportEmail: null,
  returnDays: LEAST_RETURN_DAYS,
  alertEmails: [],
};

/** The process that writes them reads them anew at once; every other one within this time. */
const FRESH_FOR = 5 * SECOND;

let known: { settings: OwnersSettings; readAt: number } | null = null;
let forgotten = 0;

/** Read from the database every few seconds, not for every page. Words with `{{shop}}` and `{{returnDays}}` follow. */
export async function ownersSettings(): Promise<OwnersSettings> {
  if (known && Math.abs(clock.now() - known.readAt) < FRESH_FOR) return known.settings;
  const before = forgotten;
  const settings = await settingsNow();
  // Read while they were being changed: asked again next time.
  if (before === forgotten) {
    known = { settings, readAt: clock.now() };
    speakOf(settings);
  }
  return settings;
}

/** From the database itself, for what must not be seconds old. */
export const settingsNow = async () => withDefaults(await ShopSettings.findOne());

const speakOf = ({ shopName, returnDays }: OwnersSettings) => fillIn({ shop: shopName, returnDays });
speakOf(DEFAULTS);

/** After a change is committed. */
export function forgetSettings() {
  known = null;
  forgotten += 1;
}

export const withDefaults = (row: ShopSettings | null): OwnersSettings => ({
  shopName: row?.shopName ?? DEFAULTS.shopName,
  supportEmail: row?.supportEmail ?? DEFAULTS.supportEmail,
  returnDays: row?.returnDays ?? DEFAULTS.returnDays,
  alertEmails: row?.alertEmails ?? DEFAULTS.alertEmails,
});
