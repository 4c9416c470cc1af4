/**
 * A sentence that must be true, and the query that finds the rows for which it is not (`id` names them). `:now` is
 * epoch milliseconds.
 */
export type Invariants = Record<string, string>;

export interface Finding {
  invariant: string;
  /** Of what breaks it; none when it holds. */
  ids: string[];
}

export const isBroken = ({ ids }: Finding) => ids.length > 0;
