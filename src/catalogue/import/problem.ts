/** What is wrong with one row of a price list, and where; `column` is null when it is the row as a whole. */
export interface Problem {
  line: number;
  column: string | null;
  reason: string;
}

/** The file as a whole cannot be read as a price list; nothing of it is imported. */
export class BadPriceList extends Error {}

/** It has more rows than are read; nothing of it is imported. */
export class TooManyRows extends Error {}

const LONGEST_QUOTE = 40;

/** A cell as it may be printed: control characters escaped, long ones cut. */
export function quoted(cell: string) {
  return JSON.stringify(cell.length > LONGEST_QUOTE ? `${cell.slice(0, LONGEST_QUOTE)}…` : cell);
}
