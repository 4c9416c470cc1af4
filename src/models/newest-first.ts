import { after, cut, orderBy, type Sort } from './paging.js';

/** How most lists go. */
const BY_TIME: Sort = { column: 'created', direction: 'DESC', holds: 'date' };

export const NEWEST_FIRST = orderBy(BY_TIME);

/** For `where`: the rows after a page's cursor. An unreadable cursor is the first page. */
export const olderThan = (cursor?: string) => after(BY_TIME, cursor);

/** The same for a queue, which goes the other way. */
export const youngerThan = (cursor?: string) => after({ ...BY_TIME, direction: 'ASC' }, cursor);

/** Takes one row more than the page holds; `next` is the cursor of the page after it, or null. */
export const pageOf = <Row extends { id: string; created: Date }>(rows: Row[], size: number) =>
  cut(rows, size, BY_TIME);
