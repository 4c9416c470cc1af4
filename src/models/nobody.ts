import { newId } from '../lib/ids.js';

/** What stands where a person stood: every field takes it, and no mail can reach it (RFC 2606). */
const OF_NOBODY = '@closed.invalid';

/** One of its own, where rows of one person must still belong together and not with another's. */
export const newNobody = () => `erased-${newId()}${OF_NOBODY}`;

/** Where nobody needs telling apart. */
export const NOBODY = `nobody${OF_NOBODY}`;

export const nobodyOf = (id: string) => `${id}${OF_NOBODY}`;

export const isNobody = (email: string) => email.toLowerCase().endsWith(OF_NOBODY);

/** In place of words that a person wrote. */
export const ERASED_WORDS = '(erased)';
