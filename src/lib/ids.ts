import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A row's id: 15 characters of [a-z0-9], about 77 random bits. */
export const newId = () => Array.from({ length: 15 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** An order's public id. */
export const newUuid = () => randomUUID();

export const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** 256 random bits for a link; only `hashOf` it is stored. */
export const newToken = () => randomBytes(32).toString('base64url');

export const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
