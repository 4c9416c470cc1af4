import { QueryTypes, type Attributes, type Model, type ModelStatic, type WhereOptions } from 'sequelize';
import { sequelize } from '../database.js';

/**
 * A list that may be filtered by several columns, in an order of its own, is read from one index over all of them by
 * saying every column: what was not chosen is said value by value. Each such branch is a range of that index in the
 * order of the list, and the database merges them and stops at the end of the page.
 */
export type Branch = WhereOptions;

/** Every combination of a value of each column. */
export const combinations = (columns: Record<string, readonly unknown[]>): Record<string, unknown>[] =>
  Object.entries(columns).reduce<Record<string, unknown>[]>(
    (branches, [column, values]) =>
      branches.flatMap((branch) => values.map((value) => ({ ...branch, [column]: value }))),
    [{}],
  );

interface Generator {
  selectQuery(table: string, options: object): string;
}

const generator = sequelize.getQueryInterface().queryGenerator as Generator;

/** The rows of all branches, newest first, as a statement. `where` in names of columns. */
export function newestOf(table: string, branches: Branch[], limit: number): string {
  const selects = branches.map((where) =>
    generator.selectQuery(table, { attributes: ['id', 'created'], where }).replace(/;$/, ''),
  );
  return `${selects.join(' UNION ALL ')} ORDER BY created DESC, id DESC LIMIT ${limit}`;
}

/** How many rows the branches have. */
export async function countOf(table: string, branches: Branch[]): Promise<number> {
  if (branches.length === 0) return 0;
  const counts = branches.map((where) =>
    generator
      .selectQuery(table, { attributes: [[sequelize.literal('count(*)'), 'number']], where })
      .replace(/;$/, ''),
  );
  const rows = await select<{ number: number }>(counts.join(' UNION ALL '));
  return rows.reduce((sum, { number }) => sum + number, 0);
}

export async function idsOf(sql: string, replacements?: Record<string, unknown>): Promise<string[]> {
  return (await select<{ id: string }>(sql, replacements)).map(({ id }) => id);
}

const select = <Row extends object>(sql: string, replacements?: Record<string, unknown>) =>
  sequelize.query<Row>(sql, { type: QueryTypes.SELECT, ...(replacements && { replacements }) });

/** The rows with these ids, in their order. */
export async function inOrderOf<M extends Model & { id: string }>(
  ids: string[],
  model: ModelStatic<M>,
  attributes: (keyof Attributes<M> & string)[],
): Promise<M[]> {
  if (ids.length === 0) return [];
  const where = { id: ids } as unknown as WhereOptions<Attributes<M>>;
  const rows = new Map((await model.findAll({ where, attributes })).map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}
