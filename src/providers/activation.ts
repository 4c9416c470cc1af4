import { z } from 'zod';
import { oneLine } from '../lib/plain-text.js';
import type { Esim } from './provider.js';

type Maybe = string | null | undefined;

/** A detail that must not spoil an answer when it is missing or odd. */
export const detail = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);
/** Never a number: an ICCID exceeds 2^53 and would lose its last digits. */
export const digits = z.string().nullish().catch(null);

interface IssuedProfile {
  iccid: Maybe;
  lpa: Maybe;
  smdp: Maybe;
  matchingId: Maybe;
  confirmationCode?: Maybe;
  appleUrl?: Maybe;
  androidUrl?: Maybe;
  apn?: Maybe;
}

/** The eSIM a phone can install, or null as long as its code or number is missing. */
export function usableEsim(profile: IssuedProfile): Esim | null {
  const iccid = plainIccid(profile.iccid);
  const lpa = installable(profile.lpa) ?? installable(assembled(profile));
  if (!iccid || !lpa) return null;
  return {
    iccid,
    lpa,
    ...given('confirmationCode', profile.confirmationCode),
    ...given('appleUrl', linkTo('esimsetup.apple.com', profile.appleUrl)),
    ...given('androidUrl', linkTo('esimsetup.android.com', profile.androidUrl)),
    ...given('apn', profile.apn),
  };
}

/** Vendors' ICCIDs often fail the Luhn check, so only the form counts (ITU-T E.118; SIM files pad with F). */
export function plainIccid(iccid: Maybe) {
  const plain = iccid?.trim().replace(/f$/i, '') ?? '';
  return /^89\d{16,20}$/.test(plain) ? plain : null;
}

/** GSMA SGP.22 4.1, leniently: lower case occurs in matching ids, and later versions may append parts. */
function installable(lpa: Maybe) {
  const code = lpa?.trim() ?? '';
  const isWellFormed = /^LPA:1\$[A-Za-z0-9.-]+\$[A-Za-z0-9._-]*(\$[A-Za-z0-9.$_-]*)?$/.test(code);
  return isWellFormed && code.length <= 259 ? code : null;
}

function assembled({ smdp, matchingId }: IssuedProfile) {
  return smdp && matchingId ? `LPA:1$${smdp}$${matchingId}` : null;
}

/** The customer will follow it, so it leads nowhere else. */
function linkTo(host: string, link: Maybe) {
  return link?.startsWith(`https://${host}/`) ? link : null;
}

/** Without what no database takes: a bought eSIM must not be lost over a NUL in its APN. */
function given<K extends keyof Esim>(key: K, value: Maybe): Partial<Record<K, string>> {
  const text = oneLine(value ?? '');
  return text ? ({ [key]: text } as Partial<Record<K, string>>) : {};
}
