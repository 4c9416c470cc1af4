import { run } from './words.js';

/** Rows of one kind: numbers from 0 below `count`, as a statement for some of them. */
export interface Step {
  what: string;
  count: number;
  sql: (from: number, to: number) => string;
}

export type Progress = (what: string, done: number, of: number) => void;

const AT_ONCE = 50_000;

export async function take({ what, count, sql }: Step, progress: Progress) {
  for (let from = 0; from < count; from += AT_ONCE) {
    const to = Math.min(count, from + AT_ONCE);
    await run(sql(from, to - 1));
    progress(what, to, count);
  }
}

/** `INSERT INTO table (columns) … SELECT values …`, so that each value stands beside its column. */
export function insert(table: string, values: Record<string, string>, source: string, before = '') {
  const columns = Object.keys(values).map((column) => `"${column}"`);
  return `INSERT INTO ${table} (${columns.join(', ')}) ${before} SELECT ${Object.values(values).join(', ')} ${source}`;
}
