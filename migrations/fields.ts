import type { Words } from './words.js';

/**
 * What the fields that people type look like, for CHECKs: as much of src/models/rules.ts as both databases can say.
 * Characters are checked first, so that a pattern meets nothing but what it was written for.
 */

/** Of the throw-away addresses the best known: the whole list changes with the world, and stands in the hook alone. */
const THROWN_AWAY = [
  'tempmail.com',
  'guerrillamail.com',
  'mailinator.com',
  '10minutemail.com',
  'yopmail.com',
];

const NOT_IN_AN_EMAIL = ['%@%@%', '.%', '%.', '%..%', '%.@%', '%@.%', '%@-%', '%-'];

export const anyEmail = (words: Words, column: string) =>
  [
    `length(${column}) BETWEEN 6 AND 254`,
    words.only(column, `A-Za-z0-9.!#$%&''*+/=?^_\`{|}~@-`),
    `${column} LIKE '_%@_%._%'`,
    ...NOT_IN_AN_EMAIL.map((pattern) => `${column} NOT LIKE '${pattern}'`),
  ].join(' AND ');

export const email = (words: Words, column: string) =>
  [anyEmail(words, column), ...THROWN_AWAY.map((domain) => `lower(${column}) NOT LIKE '%@${domain}'`)].join(
    ' AND ',
  );

/** Lower case: the form under which somebody is known. */
export const canonicalEmail = (words: Words, column: string) =>
  `${email(words, column)} AND ${column} = lower(${column})`;

/** E.164, with or without its plus. */
export const phone = (words: Words, column: string) => {
  const digits = `CASE WHEN ${column} LIKE '+%' THEN substr(${column}, 2) ELSE ${column} END`;
  return `length(${digits}) BETWEEN 2 AND 15 AND ${words.only(`(${digits})`, '0-9')} AND ${digits} NOT LIKE '0%'`;
};

export const slug = (words: Words, column: string) =>
  `length(${column}) BETWEEN 1 AND 200 AND ${words.only(column, 'a-z0-9-')} AND ${column} NOT LIKE '-%' AND ${column} NOT LIKE '%-' AND ${column} NOT LIKE '%--%'`;

/** By https, or a path of this shop; `//` and `/\` would lead to another host. */
export const picture = (words: Words, text: string) =>
  `length(${text}) <= 500 AND ${words.only(text, '!-~')} AND (substr(${text}, 1, 8) = 'https://' AND length(${text}) > 8 OR substr(${text}, 1, 1) = '/' AND length(${text}) > 1 AND substr(${text}, 2, 1) NOT IN ('/', '\\'))`;

/** Of so many characters, not all of them blank. */
export const written = (column: string, most: number) =>
  `length(${column}) <= ${most} AND trim(${column}, ' \t\r\n') <> ''`;

const CURRENCIES = `('USD', 'KRW', 'EUR', 'JPY')`;
export const currency = (column = 'currency') => `${column} IN ${CURRENCIES}`;

export const provider = (column = 'provider') => `${column} IN ('eSIM Card', 'MobiMatter', 'Airalo')`;
