import { literal } from 'sequelize';
import { onSqlite, sequelize } from '../database.js';

/** In the order of their bytes, which PostgreSQL's own order of words is not: so both databases use an index. */
const inBytes = (column: string) => (onSqlite ? `"${column}"` : `"${column}" COLLATE "C"`);

/** For `where`: texts of ASCII that begin so. The column has an index made by `Schema.beginnings`. */
export const beginning = (column: string, letters: string) =>
  literal(
    `${inBytes(column)} >= ${sequelize.escape(letters)} AND ${inBytes(column)} < ${sequelize.escape(`${letters}\u007F`)}`,
  );

/** For `order`: the same way round as that index. */
export const inOrderOf = (column: string) => literal(inBytes(column));
