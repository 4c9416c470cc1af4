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

export interface TypedActivation {
  /** As phones take it, with its prefix. */
  lpa: string;
  /** The phone will ask for a code besides. */
  needsConfirmation: boolean;
}

/**
 * An activation code as somebody pastes it: with or without `LPA:`, in any case of it, perhaps broken over lines. SGP.22
 * 4.1: format, address of the SM-DP+, matching id, then perhaps its OID and whether a confirmation code is asked for.
 * Null when it is none.
 */
export function typedActivation(text: string): TypedActivation | null {
  const lpa = installable(`LPA:${text.replace(/\s+/g, '').replace(/^lpa:/i, '')}`);
  const [, smdp, , oid = '', flag = '', ...more] = lpa?.split('$') ?? [];
  if (!lpa || !isHost(smdp!) || more.length > 0) return null;
  if (!/^[\d.]*$/.test(oid) || !['', '1'].includes(flag)) return null;
  return { lpa, needsConfirmation: flag === '1' };
}

const isHost = (name: string) =>
  name.length <= 253 &&
  name.includes('.') &&
  name.split('.').every((part) => /^[a-z\d]([a-z\d-]*[a-z\d])?$/i.test(part));

/** The check digit of ITU-T E.118: the last one, by Luhn. */
export function luhnHolds(number: string): boolean {
  const sum = Array.from(number)
    .toReversed()
    .reduce((total, digit, place) => {
      const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
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
