import { hash, verify } from '@node-rs/argon2';
import { Unavailable } from '../errors.js';
import { Turnstile } from '../lib/turnstile.js';

/** A hash takes a whole core for a moment: two at once leave the shop to its customers. */
const turnstile = new Turnstile(2, 50);

/** argon2id with the library's defaults (19 MiB, 2 passes), as OWASP recommends. */
export const hashPassword = (password: string) => hash(password);

/** Compared when there is no such account, so that the answer takes as long. */
const NOBODY = await hash('nobody has this password');

/** Throws Unavailable when too many are asking. */
export async function passwordFits(stored: string | null | undefined, password: string): Promise<boolean> {
  const fits = await turnstile.run(() => verify(stored ?? NOBODY, password));
  if (fits === null) throw new Unavailable('errors.busy');
  return fits;
}
