import { Op, type Order } from 'sequelize';

/** Lists that grow at the top are paged by the last row seen, so that a new row moves nothing from page to page. */
export const NEWEST_FIRST: Order = [
  ['created', 'DESC'],
  ['id', 'DESC'],
];

/** For `where`: the rows after a page's cursor. An unreadable cursor is the first page. */
export function olderThan(cursor?: string) {
  const parts = /^(\d{1,15})-([a-z0-9]{15})$/.exec(cursor ?? '');
  if (!parts) return {};
  const created = new Date(Number(parts[1]));
  return { [Op.or]: [{ created: { [Op.lt]: created } }, { created, id: { [Op.lt]: parts[2]! } }] };
}

/** Takes one row more than the page holds; `next` is the cursor of the page after it, or null. */
export function pageOf<Row extends { id: string; created: Date }>(rows: Row[], size: number) {
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return { page, next: rows.length > size && last ? `${last.created.getTime()}-${last.id}` : null };
}
