import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database.js';

const { options } = sequelize as unknown as { options: { logging: unknown } };

/** What the shop asks of its database during `work`, without the values. */
export const statementsOf = async (work: () => Promise<unknown>): Promise<string[]> =>
  (await queriesOf(work)).map((sql) => sql.replace(/'(?:[^']|'')*'|[0-9a-f]{8,}|\d+/g, '?'));

/** The same to the letter, as it can be asked again. */
export async function queriesOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const before = options.logging;
  options.logging = (sql: string) => statements.push(sql.replace(/^Executed \([^)]*\): /, ''));
  try {
    await work();
  } finally {
    options.logging = before;
  }
  return statements;
}

/** How SQLite finds the rows of a query, step by step. */
export async function planOf(query: string): Promise<string[]> {
  const steps = await sequelize.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${query}`, {
    type: QueryTypes.SELECT,
  });
  return steps.map(({ detail }) => detail);
}

/** Reads all of a table, or sorts what it has read. */
export const isSlow = (step: string) =>
  /^SCAN (?!sqlite_|json_each|\(subquery|way_|CONSTANT)/.test(step) || step.includes('TEMP B-TREE');
