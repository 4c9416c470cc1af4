import type { Response } from 'express';
import { z } from 'zod';
import { address } from './address.js';

/** What cannot be read in the address of a log asks for nothing. */
export const choice = <Value extends z.ZodType>(value: Value) => value.optional().catch(undefined);

export const cursor = choice(z.string().max(100));

interface Page {
  rows: unknown[];
  next: string | null;
}

/** Shows a page of a log with the way to the first and the next one, under what was chosen. */
export function showLog(
  res: Response,
  view: string,
  path: string,
  { before, ...chosen }: Record<string, string | undefined>,
  { rows, next }: Page,
  values: object = {},
) {
  res.render(`admin/logs/${view}`, {
    ...values,
    rows,
    chosen,
    first: before ? address(path, chosen) : null,
    next: next && address(path, { ...chosen, before: next }),
    noindex: true,
  });
}
