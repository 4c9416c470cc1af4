import { sequelize } from '../../src/database.js';

const { options } = sequelize as unknown as { options: { logging: unknown } };

/** What the shop asks of its database during `work`, without the values. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const before = options.logging;
  options.logging = (sql: string) =>
    statements.push(
      sql.replace(/^Executed \([^)]*\): /, '').replace(/'(?:[^']|'')*'|[0-9a-f]{8,}|\d+/g, '?'),
    );
  try {
    await work();
  } finally {
    options.logging = before;
  }
  return statements;
}
