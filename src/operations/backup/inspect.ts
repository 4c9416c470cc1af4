import { clock } from '../../lib/clock.js';
import { ALWAYS, type Finding } from '../invariants.js';
import { ask } from '../invariants/ask.js';
import { damage } from '../invariants/file.js';
import { isBroken } from '../invariants/finding.js';
import { SqliteFile } from './sqlite-file.js';

export interface Inspection {
  /** How many rows each table has. */
  rows: Record<string, number>;
  /** The rules of the books that do not hold in it. */
  broken: string[];
}

/** The copy is not a database, or a damaged one. */
export class Damaged extends Error {}

/** Looks a copy over: whole, every reference leading to a row, its rows counted, its books checked. Throws Damaged. */
export const inspect = (file: string): Promise<Inspection> =>
  SqliteFile.with(file, async (copy) => {
    const select = <Found extends object>(sql: string) =>
      copy.all<Found>(sql, sql.includes(':now') ? { ':now': clock.now() } : {});
    const flaws = (await damage(select)).filter(isBroken);
    if (flaws.length > 0) throw new Damaged(flaws.map(wordsOf).join('; '));
    const tables = await select<{ name: string }>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    );
    const rows: Record<string, number> = {};
    for (const { name } of tables)
      rows[name] = (await select<{ count: number }>(`SELECT count(*) AS count FROM "${name}"`))[0]!.count;
    return { rows, broken: (await ask(ALWAYS, select)).filter(isBroken).map(wordsOf) };
  });

const wordsOf = ({ invariant, ids }: Finding) => `${invariant}: ${ids.slice(0, 5).join(' ')}`;
