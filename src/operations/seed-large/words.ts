import { QueryTypes } from 'sequelize';
import { onSqlite, sequelize } from '../../database.js';

/** What the set-based statements of the seed are made of, for both databases. */

export async function run(sql: string) {
  await sequelize.query(sql, { raw: true, logging: false });
}

export async function column(sql: string): Promise<string[]> {
  const rows = await sequelize.query<Record<string, string>>(sql, {
    type: QueryTypes.SELECT,
    logging: false,
  });
  return rows.map((row) => Object.values(row)[0]!);
}

/** Numbers, each a row of `series(n)`. */
export const series = (from: number, to: number) =>
  `WITH RECURSIVE series(n) AS (SELECT CAST(${from} AS BIGINT) UNION ALL SELECT n + 1 FROM series WHERE n < ${to})`;

/** An id that grows with the number, so that a million of them are added at the end of their index. */
export const idOf = (prefix: string, number: string) =>
  `'${prefix}' || ${digits(number, 15 - prefix.length)}`;

export const digits = (number: string, width: number) =>
  onSqlite ? `printf('%0${width}d', ${number})` : `lpad(CAST(${number} AS TEXT), ${width}, '0')`;

/** Hexadecimal, of a number below 16^width. */
export const hex = (number: string, width: number) =>
  onSqlite ? `printf('%0${width}x', ${number})` : `lpad(to_hex(${number}), ${width}, '0')`;

/** Epoch milliseconds as a column of time holds them. */
export const moment = (ms: string) =>
  onSqlite
    ? `strftime('%Y-%m-%d %H:%M:%f', (${ms}) / 1000.0, 'unixepoch') || ' +00:00'`
    : `to_timestamp((${ms}) / 1000.0)`;

export const object = (members: Record<string, string>) => {
  const pairs = Object.entries(members).map(([name, value]) => `'${name}', ${value}`);
  return `${onSqlite ? 'json_object' : 'jsonb_build_object'}(${pairs.join(', ')})`;
};

/** A column of JSON, of its text. */
export const json = (text: string) => (onSqlite ? text : `CAST(${text} AS JSONB)`);

/** One of some texts, by a number. */
export const pick = (texts: readonly string[], number: string) =>
  `CASE (${number}) % ${texts.length} ${texts.map((text, index) => `WHEN ${index} THEN ${sequelize.escape(text)}`).join(' ')} END`;

/** Without a pattern that one sees: from 0 to 65536, the same for the same number. The square breaks up even steps. */
export function scattered(number: string, salt: number) {
  const drawn = `((${number}) * 48271 + ${salt} * 7919) % 65537`;
  return `(((${drawn}) * (${drawn}) % 65537 * 30011 + (${drawn})) % 65537)`;
}

/** From 0 below `count`: the low numbers far more often, as a few plans sell best. */
export const favouring = (scatter: string, count: number) =>
  `(((${scatter} * ${scatter} / 65537) * ${scatter} / 65537) * ${count} / 65537)`;
