import { z } from 'zod';
import { keeps, rules } from '../../models/rules.js';

/**
 * The kinds of cells. What a cell may hold is the model's own rule; added is what only a file can get wrong. A message
 * goes on from "the cell …".
 */

/** Says it in these words, and looks no further. */
const because = (error: string) => ({ error, abort: true });

const NOT_UTF8 = because('is not UTF-8: save the file in that encoding');
const isUtf8 = (cell: string) => !cell.includes('\uFFFD');

const line = z
  .string('is empty')
  .refine(isUtf8, NOT_UTF8)
  .refine((cell) => !/\p{Cc}/u.test(cell), because('holds a line break or another control character'));

/** `longest` is what the rule allows. */
export const text = (rule: z.ZodType, longest: number) =>
  line
    .refine((cell) => !cell.startsWith('"'), because('has quotes that do not match'))
    .refine(keeps(rule), `is longer than ${longest} characters`);

export const prose = (rule: z.ZodType, longest: number) =>
  z
    .string()
    .refine(isUtf8, NOT_UTF8)
    .refine((cell) => !/[^\P{Cc}\r\n\t]/u.test(cell), because('holds control characters'))
    .refine(keeps(rule), `is longer than ${longest} characters`);

/** Of nine digits at most; `least` is the rule's. */
export const whole = (rule: z.ZodType, least: number) =>
  z
    .string('is empty')
    .regex(/^\d{1,9}$/, because(`must be a whole number from ${least} up`))
    .transform(Number)
    .refine(keeps(rule), `must be at least ${least}`);

const YES = ['true', 'yes', '1'];
const NO = ['false', 'no', '0'];
export const yesOrNo = z
  .string()
  .toLowerCase()
  .refine((cell) => [...YES, ...NO].includes(cell), 'must be true or false')
  .transform((cell) => YES.includes(cell));

const split = (separator: RegExp) => (cell: string) =>
  cell
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);

export const list = (rule: z.ZodType, longest: number) =>
  line.transform(split(/\|/)).refine(keeps(rule), `names something longer than ${longest} characters`);

export const countries = z
  .string()
  .transform(split(/[\s|]+/))
  .refine(keeps(rules.countries), 'must hold ISO 3166-1 codes in capitals, such as FR|DE|IT')
  .refine((codes) => new Set(codes).size === codes.length, 'names a country twice');
