/** A row of a file: a cell for each column. */
export type Row = Record<string, string | number | boolean | null | undefined>;

/** Something that can be taken out of the shop as a file. */
export interface Kind {
  columns: readonly string[];
  /** How many rows there are now. */
  count: () => Promise<number>;
  /** Some hundred rows at a time: only these are held. */
  batches: () => AsyncGenerator<Row[]>;
}

/** By UTC, as programs read it. */
export const time = (date: Date | null | undefined) => date?.toISOString() ?? null;
