import type { Progress } from '../catalogue/import/progress.js';

/** One line that keeps changing on a terminal; now and then a line of its own in a log. */
export class ImportProgress implements Progress {
  private readonly every: number;

  constructor(private readonly out: NodeJS.WriteStream) {
    this.every = out.isTTY ? 20 : 250;
  }

  read(rows: number) {
    if (rows > 0 && rows % this.every === 0) this.show(`Read ${rows} rows`);
  }

  written(rows: number, of: number) {
    if (rows === of || rows % this.every === 0) this.show(`Brought ${rows} of ${of} plans up to date`);
  }

  /** Leaves the changing line, so that what follows starts on its own. */
  end() {
    if (this.out.isTTY) this.out.write('\r\x1b[2K');
  }

  private show(text: string) {
    this.out.write(this.out.isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
  }
}
