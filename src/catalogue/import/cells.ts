import { z } from 'zod';
import { isCountry } from '../../models/rules.js';

/** The kinds of cells. A message goes on from "the cell …". */

const NOT_UTF8 = 'is not UTF-8: save the file in that encoding';

export const text = (longest: number) =>
  z
    .string('is empty')
    .max(longest, `is longer than ${longest} characters`)
    .refine((cell) => !/\p{Cc}/u.test(cell), 'holds a line break or another control character')
    .refine((cell) => !cell.includes('\uFFFD'), NOT_UTF8)
    .refine((cell) => !cell.startsWith('"'), 'has quotes that do not match');

export const prose = z
  .string()
  .max(5000, 'is longer than 5000 characters')
  .refine((cell) => !/[^\P{Cc}\r\n\t]/u.test(cell), 'holds control characters')
  .refine((cell) => !cell.includes('\uFFFD'), NOT_UTF8);

/** Nine digits at most, so that the number fits both databases' integers. */
export const whole = (least: number) =>
  z
    .string('is empty')
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} up`)
    .transform(Number)
    .refine((number) => number >= least, `must be at least ${least}`);

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

export const list = text(5000).transform(split(/\|/));

export const countries = z
  .string()
  .transform(split(/[\s|]+/))
  .refine((codes) => codes.every(isCountry), 'must hold ISO 3166-1 codes in capitals, such as FR|DE|IT')
  .refine((codes) => new Set(codes).size === codes.length, 'names a country twice');
