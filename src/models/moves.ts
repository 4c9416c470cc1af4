import type { Model } from 'sequelize';
import { IllegalMove } from '../errors.js';
import { oneOf } from './rules.js';

/** The rule of a column with a table of moves: one of its states. */
export const statesOf = (table: Record<string, readonly string[]>) => oneOf(Object.keys(table));

/** Refuses a change of `column` that its table of moves does not list; for `beforeUpdate` hooks. Throws IllegalMove. */
export function checkMove(
  what: string,
  model: Model,
  column: string,
  table: Record<string, readonly string[]>,
) {
  if (!model.changed(column as never)) return;
  const from = String(model.previous(column as never));
  const to = String(model.get(column));
  if (!table[from]?.includes(to)) throw new IllegalMove(what, from, to);
}
