import { existsSync } from 'node:fs';
import { QueryTypes } from 'sequelize';
import { onSqlite, sequelize } from '../../src/database.js';
import { fromRoot } from '../../src/lib/root.js';

/**
 * Everything in models and database that says no: named hooks, triggers, unique indexes, and the CHECKs and references
 * inside a table's definition. Read from what is there, so that a new wall cannot be forgotten.
 */
export type Wall =
  | { kind: 'hook'; model: string; hook: string; name: string }
  | { kind: 'trigger' | 'index'; table: string; name: string }
  /** `part` is the text of a CHECK or REFERENCES clause with its place; on PostgreSQL the constraint's name. */
  | { kind: 'part'; table: string; part: string };

export const nameOf = (wall: Wall) =>
  wall.kind === 'hook'
    ? `${wall.model}.${wall.hook}: ${wall.name}`
    : `${wall.table}: ${wall.kind === 'part' ? wall.part : wall.name}`;

export const everyWall = async (): Promise<Wall[]> => [
  ...hooks(),
  ...(await (onSqlite ? wallsOfSqlite() : wallsOfPostgres())),
];

function hooks(): Wall[] {
  return Object.values(sequelize.models).flatMap((model) =>
    Object.entries((model.options.hooks ?? {}) as Record<string, { name?: string }[]>).flatMap(
      ([hook, named]) =>
        named.flatMap(({ name }) => (name ? [{ kind: 'hook' as const, model: model.name, hook, name }] : [])),
    ),
  );
}

async function wallsOfSqlite(): Promise<Wall[]> {
  const rows = await sequelize.query<{ type: string; table: string; name: string; sql: string }>(
    `SELECT type, tbl_name AS "table", name, sql FROM sqlite_master
     WHERE sql IS NOT NULL AND tbl_name <> 'migrations' ORDER BY tbl_name, name`,
    { type: QueryTypes.SELECT },
  );
  return rows.flatMap(({ type, table, name, sql }): Wall[] => {
    if (type === 'trigger') return [{ kind: 'trigger', table, name }];
    if (type === 'index') return sql.startsWith('CREATE UNIQUE') ? [{ kind: 'index', table, name }] : [];
    return partsOf(sql).map((part) => ({ kind: 'part', table, part }));
  });
}

function wallsOfPostgres(): Promise<Wall[]> {
  return sequelize.query<Wall>(
    `SELECT 'trigger' AS kind, tgrelid::regclass::text AS "table", tgname AS name, NULL AS part
     FROM pg_trigger WHERE NOT tgisinternal
     UNION ALL SELECT 'index', tablename, indexname, NULL FROM pg_indexes
       WHERE schemaname = 'public' AND indexdef LIKE 'CREATE UNIQUE%' AND indexname NOT LIKE '%_pkey'
     UNION ALL SELECT 'part', conrelid::regclass::text, NULL, conname FROM pg_constraint WHERE contype IN ('c', 'f')
       AND connamespace = 'public'::regnamespace
     ORDER BY 2, 3, 4`,
    { type: QueryTypes.SELECT },
  );
}

const CLAUSE = /CHECK \(|REFERENCES [^,\n]*/g;

/** The clauses of a CREATE TABLE, each with its number in front, since two may read the same. */
export function partsOf(sql: string): string[] {
  return [...sql.matchAll(CLAUSE)].map(({ index }, number) => `${number}: ${clauseAt(sql, index)}`);
}

export function withoutPart(sql: string, part: string): string {
  const number = Number.parseInt(part, 10);
  const { index } = [...sql.matchAll(CLAUSE)][number]!;
  return sql.slice(0, index) + sql.slice(index + clauseAt(sql, index).length);
}

function clauseAt(sql: string, start: number): string {
  if (!sql.startsWith('CHECK', start)) return /^[^,\n]*/.exec(sql.slice(start))![0];
  let depth = 0;
  for (let end = start; ; end += 1) {
    if (sql[end] === '(') depth += 1;
    if (sql[end] === ')' && (depth -= 1) === 0) return sql.slice(start, end + 1);
  }
}

/** The model tests that are named after the wall's table; none when there are none. */
export function testsOf(wall: Wall): string[] {
  const model =
    wall.kind === 'hook'
      ? wall.model
      : Object.values(sequelize.models).find((one) => one.getTableName() === wall.table)?.name;
  const file = model && `models/${model.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase()}.test.ts`;
  return file && existsSync(fromRoot('test', file)) ? [file] : [];
}
