import { z } from 'zod';
import { plainText } from '../lib/plain-text.js';

/**
 * What may not stand in words that are kept for good, whoever is erased later: codes, numbers of eSIMs, addresses, keys.
 */
const SECRET =
  /lpa:|\b1\$[a-z0-9.-]+\$|\b89\d{16,20}f?\b|[^\s"<>]+@[^\s"<>]+|token=|bearer\s+\S+|[ks]_(?:live|test)_|whsec_|\$argon2/i;

/** Reasons and notes of staff: 1 to `most` characters, plain, without secrets. */
export const staffWords = (most: number, key: string) =>
  z
    .string(key)
    .max(10 * most, { error: key, abort: true })
    .transform(plainText)
    .refine((text) => text !== '' && text.length <= most && !SECRET.test(text), key);

export const REASON = staffWords(500, 'errors.desk.reason');
