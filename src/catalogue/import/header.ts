import { COLUMNS, REQUIRED_COLUMNS, type Column } from './fields.js';
import { BadPriceList, quoted } from './problem.js';

/** The columns in the file's own order; refuses a file whose first line is not a header that we know. */
export function readHeader(cells: readonly string[]): Column[] {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const unknown = names.filter((name) => !isColumn(name));
  const missing = REQUIRED_COLUMNS.filter((column) => !names.includes(column));
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  if (missing.length === REQUIRED_COLUMNS.length)
    throw new BadPriceList(
      `The first line is no header. It must name the columns ${listed(REQUIRED_COLUMNS)}.`,
    );
  if (missing.length > 0) throw new BadPriceList(`These columns are missing: ${listed(missing)}.`);
  if (unknown.length > 0)
    throw new BadPriceList(
      `These columns are unknown: ${listed(unknown.map(quoted))}. Known: ${listed(COLUMNS)}.`,
    );
  if (repeated.length > 0) throw new BadPriceList(`These columns come twice: ${listed(repeated)}.`);
  return names as Column[];
}

const isColumn = (name: string): name is Column => (COLUMNS as string[]).includes(name);

const listed = (names: readonly string[]) => names.join(', ');
