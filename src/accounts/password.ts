import { hash, verify } from '@node-rs/argon2';

/** argon2id with the library's defaults (19 MiB, 2 passes), as OWASP recommends. */
export const hashPassword = (password: string) => hash(password);

/** Compared when there is no such account, so that the answer takes as long. */
const NOBODY = await hash('nobody has this password');

export const passwordFits = (stored: string | null | undefined, password: string) =>
  verify(stored ?? NOBODY, password);
