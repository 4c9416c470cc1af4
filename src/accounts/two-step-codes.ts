import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { clock } from '../lib/clock.js';

/** What every app for such codes understands (RFC 6238): SHA-1, six digits, thirty seconds. */
const PERIOD = 30;
const LOOK = { algorithm: 'SHA1', digits: 6, period: PERIOD } as const;
const SECRET_BYTES = 20;
/** A phone's clock may be one step wrong, and typing takes a while. */
const STEPS_OFF = 1;

/** In base32, as apps take it. */
export const newSecret = () => new Secret({ size: SECRET_BYTES }).base32;

/** What the QR for the app holds. */
export const appAddress = (secret: string, shop: string, email: string) =>
  new TOTP({ ...LOOK, issuer: shop, label: email, secret: Secret.fromBase32(secret) }).toString();

/** The step whose code this is, counted from the beginning of 1970; null when it is of none that is near. */
export function stepOf(secret: string, code: string): number | null {
  const totp = new TOTP({ ...LOOK, secret: Secret.fromBase32(secret) });
  const timestamp = clock.now();
  const off = totp.validate({ token: code, timestamp, window: STEPS_OFF });
  return off === null ? null : TOTP.counter({ period: PERIOD, timestamp }) + off;
}

/** Digits that may be typed in groups. */
export const isAppCode = (typed: string) => /^\d{6}$/.test(withoutGaps(typed));

export const withoutGaps = (typed: string) => typed.replace(/[\s-]/g, '').toLowerCase();

/** 32 of them, none like another. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const RECOVERY_CODES = 10;
const GROUPS = /.{4}(?=.)/g;

/** 80 random bits each. */
export const newRecoveryCodes = () =>
  Array.from({ length: RECOVERY_CODES }, () =>
    Array.from(randomBytes(16), (byte) => LETTERS[byte & 31])
      .join('')
      .replace(GROUPS, '$&-'),
  );
