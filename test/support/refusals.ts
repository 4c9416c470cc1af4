import { BaseError } from 'sequelize';
import { sequelize } from '../../src/database.js';
import { ShopError } from '../../src/errors.js';

/**
 * Every rule stands twice, so its test knocks at both walls: `refusal` gives the key of the sentence that a hook
 * refuses with, `wall` what the database says to a statement that passes by the hooks.
 */
export async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await failure(work);
  if (error instanceof ShopError) return error.key;
  throw error;
}

const KINDS: [RegExp, string][] = [
  [/FOREIGN KEY|foreign key/, 'foreign key'],
  [/UNIQUE constraint|unique constraint/, 'unique'],
  [/typeof\(|json_valid|invalid input syntax|is of type/, 'type'],
  [/CHECK constraint|check constraint/, 'check'],
  [/NOT NULL|not-null/, 'required'],
];

/** 'check', 'unique', 'foreign key', 'type', 'required', or the words of a trigger. */
export async function wall(work: Promise<unknown>): Promise<string> {
  const error = await failure(work);
  if (!(error instanceof BaseError && 'parent' in error)) throw error;
  const { message } = error.parent as Error;
  const kind = KINDS.find(([pattern]) => pattern.test(message));
  return kind ? kind[1] : message.replace('SQLITE_CONSTRAINT: ', '');
}

/** A statement that runs no hook; `?` takes the values in turn. */
export const sql = (statement: string, ...replacements: unknown[]) =>
  sequelize.query(statement, { replacements, raw: true });

async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('Nobody refused it');
}
