import { z } from 'zod';
import { canonicalEmail } from '../models/rules.js';
import { isCommon } from './common-passwords.js';
import { MOST_BYTES } from './password.js';

const LEAST = 8;

/** Long enough and not among the first guesses; which characters it has is nobody's business. */
export const newPassword = z
  .string('errors.password.short')
  .refine((password) => Array.from(password).length >= LEAST, 'errors.password.short')
  .refine((password) => Buffer.byteLength(password) <= MOST_BYTES, 'errors.password.long')
  .refine((password) => password.length > MOST_BYTES || !isCommon(password), 'errors.password.common');

/** The address, or the part before its @, is what a stranger tries first. */
export function isAddress(password: string, email: string): boolean {
  const address = canonicalEmail(email);
  return [address, address.split('@')[0]].includes(password.trim().toLowerCase());
}
