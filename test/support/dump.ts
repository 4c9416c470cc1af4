import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database.js';
import { tables } from './schema.js';

/** Every row of every table as text, a line each: to look whether something stands anywhere, or has changed. */
export async function dump(): Promise<string[]> {
  const lines: string[] = [];
  for (const table of await tables()) {
    const rows = await sequelize.query(`SELECT * FROM ${table}`, { type: QueryTypes.SELECT, logging: false });
    lines.push(...rows.map((row) => `${table} ${JSON.stringify(row)}`));
  }
  return lines.toSorted();
}
