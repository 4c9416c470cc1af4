import { readHeader } from './header.js';
import type { Column } from './fields.js';
import { readPlan, type Plan } from './plan.js';
import { BadPriceList, quoted, TooManyRows, type Problem } from './problem.js';

/** How many rows are read before it is given up, and of how many flaws the sentences are kept. */
export interface Limits {
  rows: number;
  problems: number;
}

/** A price list as it is being read, row by row: the plans that keep every rule, and what is wrong with the others. */
export class PriceList {
  readonly plans: Plan[] = [];
  /** The first ones; `flaws` counts all. */
  readonly problems: Problem[] = [];
  flaws = 0;
  /** Rows seen, the header and blank lines left out. */
  rows = 0;
  private blank = 0;
  private nextLine = 1;
  private columns: Column[] | undefined;
  private readonly lineOfSlug = new Map<string, number>();

  constructor(private readonly most: Limits) {}

  /** Throws TooManyRows. `raw` is the text of the row as it stands in the file: a quoted cell may run over several lines. */
  take(cells: string[], raw: string) {
    const line = this.nextLine;
    this.nextLine += raw.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (cells.every((cell) => cell === '')) return this.takeBlank();
    if (!this.columns) this.columns = readHeader(cells);
    else this.takeRow(line, cells, this.columns);
  }

  /** The rest of the file cannot be told apart into rows. */
  giveUp(reason: string) {
    if (!this.columns) throw new BadPriceList(`Line ${this.nextLine}: ${reason}.`);
    this.rows += 1;
    this.refuse(this.nextLine, null, `${reason}; nothing from here on was read`);
  }

  finish() {
    if (!this.columns) throw new BadPriceList('The file is empty.');
    if (this.rows === 0) throw new BadPriceList('The file has a header but no plans.');
    return this;
  }

  refused() {
    return this.rows - this.plans.length;
  }

  private takeBlank() {
    this.blank += 1;
    if (this.blank > this.most.rows) throw new TooManyRows();
  }

  private takeRow(line: number, cells: string[], columns: Column[]) {
    if (this.rows === this.most.rows) throw new TooManyRows();
    this.rows += 1;
    if (cells.length !== columns.length)
      return this.refuse(line, null, `has ${cells.length} cells, the header has ${columns.length}`);
    const read = readPlan(
      Object.fromEntries(columns.map((column, index) => [column, asMeant(cells[index]!)])),
    );
    if ('flaws' in read) for (const { column, reason } of read.flaws) this.refuse(line, column, reason);
    if (this.isRepeated(line, cells[columns.indexOf('slug')]!)) return;
    if ('plan' in read) this.plans.push(read.plan);
  }

  private isRepeated(line: number, slug: string) {
    const earlier = this.lineOfSlug.get(slug);
    if (earlier === undefined) this.lineOfSlug.set(slug, line);
    else if (slug !== '') this.refuse(line, 'slug', `${quoted(slug)} stands on line ${earlier} already`);
    return earlier !== undefined;
  }

  private refuse(line: number, column: string | null, reason: string) {
    this.flaws += 1;
    if (this.problems.length < this.most.problems) this.problems.push({ line, column, reason });
  }
}

/** Our own export puts an apostrophe before what a spreadsheet would take for a formula. */
const asMeant = (cell: string) => cell.replace(/^'(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/, '');
