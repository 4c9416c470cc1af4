import { QueryTypes } from 'sequelize';
import { onSqlite, sequelize } from '../../src/database.js';

/** What the migrations have made, read from the database's own books, in the same form on both engines. */
const read = <Row extends object>(statement: string) =>
  sequelize.query<Row>(statement, { type: QueryTypes.SELECT });

export async function tables(): Promise<string[]> {
  const rows = await read<{ name: string }>(
    onSqlite
      ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
      : `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  return rows.map(({ name }) => name).toSorted();
}

/** `orders: idx_orders_status (status)`; a unique one says so, and a partial one ends in `where`. */
export async function indexes(): Promise<string[]> {
  const rows = await read<{ tbl: string; name: string; sql: string }>(
    onSqlite
      ? `SELECT tbl_name AS tbl, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`
      : `SELECT tablename AS tbl, indexname AS name, indexdef AS sql FROM pg_indexes
         WHERE schemaname = 'public' AND indexname NOT LIKE '%_pkey'`,
  );
  return rows
    .map(({ tbl, name, sql }) => {
      const columns = /\(([^()]*)\)/.exec(sql)![1]!.replaceAll('"', '');
      const unique = sql.startsWith('CREATE UNIQUE') ? 'unique ' : '';
      return `${tbl}: ${unique}${name} (${columns})${/ WHERE /.test(sql) ? ' where' : ''}`;
    })
    .toSorted();
}

export async function triggers(): Promise<string[]> {
  const rows = await read<{ name: string }>(
    onSqlite
      ? `SELECT tbl_name || ': ' || name AS name FROM sqlite_master WHERE type = 'trigger'`
      : `SELECT tgrelid::regclass || ': ' || tgname AS name FROM pg_trigger WHERE NOT tgisinternal`,
  );
  return rows.map(({ name }) => name).toSorted();
}

/** `orders.product → esim_products RESTRICT`. */
export async function references(): Promise<string[]> {
  const rows = await read<{ line: string }>(
    onSqlite
      ? `SELECT m.name || '.' || f."from" || ' → ' || f."table" || ' ' || f.on_delete AS line
         FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`
      : `SELECT r.table_name || '.' || k.column_name || ' → ' || u.table_name || ' ' || c.delete_rule AS line
         FROM information_schema.referential_constraints c
         JOIN information_schema.table_constraints r USING (constraint_name)
         JOIN information_schema.key_column_usage k USING (constraint_name)
         JOIN information_schema.constraint_column_usage u USING (constraint_name)`,
  );
  return rows.map(({ line }) => line).toSorted();
}

/** `orders: amount_minor due_at …`: the columns that hold whole numbers, or yes and no. */
export async function numbers(): Promise<string[]> {
  const rows = await read<{ tbl: string; names: string }>(
    onSqlite
      ? `SELECT m.name AS tbl, group_concat(i.name, ' ') AS names FROM sqlite_master m, pragma_table_info(m.name) i
         WHERE m.type = 'table' AND i.type IN ('INTEGER', 'TINYINT(1)') GROUP BY m.name`
      : `SELECT table_name AS tbl, string_agg(column_name, ' ') AS names FROM information_schema.columns
         WHERE table_schema = 'public' AND data_type IN ('integer', 'bigint', 'boolean') GROUP BY table_name`,
  );
  return rows.map(({ tbl, names }) => `${tbl}: ${names.split(' ').toSorted().join(' ')}`).toSorted();
}

/** `orders: amount_minor discount_amount_minor price_minor`: the columns of each CHECK, but those of SQLite's column types. */
export async function checks(): Promise<string[]> {
  return (await (onSqlite ? checksOfSqlite() : checksOfPostgres())).toSorted();
}

async function checksOfPostgres() {
  const rows = await read<{ line: string }>(
    `SELECT c.conrelid::regclass || ': ' || string_agg(a.attname, ' ' ORDER BY a.attname) AS line
     FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
     WHERE c.contype = 'c' AND c.connamespace = 'public'::regnamespace GROUP BY c.oid`,
  );
  return rows.map(({ line }) => line);
}

async function checksOfSqlite() {
  const rows = await read<{ tbl: string; sql: string; names: string }>(
    `SELECT m.name AS tbl, m.sql, group_concat(i.name, ' ') AS names
     FROM sqlite_master m, pragma_table_info(m.name) i WHERE m.type = 'table' GROUP BY m.name`,
  );
  return rows.flatMap(({ tbl, sql, names }) =>
    clausesOf(sql).map((clause) => {
      const words = new Set(clause.replace(/'(?:[^']|'')*'/g, '').match(/\w+/g));
      const columns = names.split(' ').filter((name) => words.has(name));
      return `${tbl}: ${columns.toSorted().join(' ')}`;
    }),
  );
}

const TYPES = /^CHECK \((typeof|\w+ IN \(0, 1\)|"?\w+"? IS NULL OR json_valid)/;

/** Each `CHECK (…)` up to its closing bracket. */
function clausesOf(sql: string): string[] {
  return [...sql.matchAll(/CHECK \(/g)]
    .map(({ index }) => sql.slice(index, closing(sql, index) + 1))
    .filter((clause) => !TYPES.test(clause));
}

function closing(sql: string, start: number) {
  let depth = 0;
  for (let end = start; ; end += 1) {
    if (sql[end] === '(') depth += 1;
    if (sql[end] === ')' && (depth -= 1) === 0) return end;
  }
}

/** The definition of a table, in which SQLite keeps its CHECKs. */
export async function definition(table: string): Promise<string> {
  const [row] = await read<{ sql: string }>(`SELECT sql FROM sqlite_master WHERE name = '${table}'`);
  return row!.sql;
}
