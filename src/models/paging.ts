import { Op, type Order, type WhereOptions } from 'sequelize';

/**
 * What a list goes by: a column that is never null, and which way; rows with the same value go by their id. Lists are
 * paged by the last row seen, so that a new row moves nothing from page to page and the last page costs what the first does.
 */
export interface Sort {
  column: string;
  direction: 'ASC' | 'DESC';
  holds: 'date' | 'number' | 'text';
}

type Value = Date | number | string;

export const orderBy = ({ column, direction }: Sort): Order => [
  [column, direction],
  ['id', direction],
];

/** For `where`: the rows after a page's cursor. An unreadable cursor is the first page. */
export function after({ column, direction, holds }: Sort, cursor?: string): { [Op.and]?: WhereOptions[] } {
  const [, value, id] = /^(-?\w{0,2000})-([a-z0-9]{15})$/.exec(cursor ?? '') ?? [];
  const last = value === undefined ? null : READ[holds](value);
  if (last === null) return {};
  const beyond = direction === 'ASC' ? Op.gt : Op.lt;
  // Said twice, as a range and exactly: an OR alone is not looked up in an index.
  const range = { [column]: { [direction === 'ASC' ? Op.gte : Op.lte]: last } };
  return { [Op.and]: [range, { [Op.or]: [{ [column]: { [beyond]: last } }, { id: { [beyond]: id } }] }] };
}

/** Takes one row more than the page holds; `next` is the cursor of the page after it, or null. */
export function cut<Row extends { id: string }>(rows: Row[], size: number, sort: Sort) {
  const page = rows.slice(0, size);
  const last = page.at(-1) as (Row & Record<string, Value>) | undefined;
  const next = rows.length > size && last ? `${written(last[sort.column]!)}-${last.id}` : null;
  return { page, next };
}

/** Up to the year 9999: PostgreSQL and SQLite write others in ways of their own. */
const LATEST_DATE = 253_402_300_799_999;

const READ: Record<Sort['holds'], (value: string) => Value | null> = {
  date: (value) =>
    isWhole(value) && Number(value) >= 0 && Number(value) <= LATEST_DATE ? new Date(Number(value)) : null,
  number: (value) => (isWhole(value) ? Number(value) : null),
  text: (value) => textIn(Buffer.from(value, 'hex').toString()),
};

/** No text of ours holds a NUL, and PostgreSQL refuses it. */
const textIn = (text: string) => (text.includes('\0') ? null : text);

const isWhole = (value: string) => /^-?\d{1,15}$/.test(value);

function written(value: Value) {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'number' ? value : Buffer.from(value).toString('hex');
}
