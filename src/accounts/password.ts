import { hash, verify } from '@node-rs/argon2';
import { Unavailable } from '../errors.js';
import { Turnstile } from '../lib/turnstile.js';

/** A hash takes a whole core for a moment: two at once leave the shop to its customers. */
const turnstile = new Turnstile(2, 50);

/** argon2id, the library's only default; 19 MiB and 2 passes are what OWASP recommends. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashed whole: nothing is cut off, so nothing longer is taken. */
export const MOST_BYTES = 1024;

/** Compared when there is no such account, so that the answer takes as long. */
const NOBODY = await hash('nobody has this password', COST);

/** Throws Unavailable when too many are asking; so does `passwordFits`. */
export const hashPassword = (password: string) => inTurn(() => hash(asTyped(password), COST));

export async function passwordFits(stored: string | null | undefined, password: string): Promise<boolean> {
  if (Buffer.byteLength(password) > MOST_BYTES) return false;
  const fits = await inTurn(() => verify(stored ?? NOBODY, asTyped(password)));
  return fits && Boolean(stored);
}

/** The same letters, whichever way a keyboard composes them: Korean and accents come in two forms. */
const asTyped = (password: string) => password.normalize('NFKC');

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = await turnstile.run(work);
  if (done === null) throw new Unavailable('errors.busy');
  return done;
}
