import { Op, type Order } from 'sequelize';

/** Lists that grow at the top are paged by the last row seen, so that a new row moves nothing from page to page. */
export const NEWEST_FIRST: Order = [
  ['created', 'DESC'],
  ['id', 'DESC'],
];

/** For `where`: the rows after a page's cursor. An unreadable cursor is the first page. */
export const olderThan = (cursor?: string) => beyond(cursor, Op.lt);

/** The same for a queue, which goes the other way. */
export const youngerThan = (cursor?: string) => beyond(cursor, Op.gt);

function beyond(cursor: string | undefined, side: typeof Op.lt | typeof Op.gt) {
  const parts = /^(\d{1,15})-([a-z0-9]{15})$/.exec(cursor ?? '');
  if (!parts) return {};
  const created = new Date(Number(parts[1]));
  return { [Op.or]: [{ created: { [side]: created } }, { created, id: { [side]: parts[2]! } }] };
}

/** Takes one row more than the page holds; `next` is the cursor of the page after it, or null. */
export function pageOf<Row extends { id: string; created: Date }>(rows: Row[], size: number) {
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return { page, next: rows.length > size && last ? `${last.created.getTime()}-${last.id}` : null };
}
