import { appendFileSync } from 'node:fs';

/**
 * `npm run test:proof` runs races, crashes and property tests at full size and writes what they tried into the table of
 * test/README.md; `npm test` runs the same tests small.
 */
const FULL_SIZE = process.env.PROOF === '1';

export const sized = (usual: number, inProof: number) => (FULL_SIZE ? inProof : usual);

/** Adds to a figure of the table. Appended at once and summed at the end, so several processes may count. */
export function count(figure: string, by: number) {
  const file = process.env.PROOF_FIGURES;
  if (file) appendFileSync(file, `${JSON.stringify({ figure, by })}\n`);
}
