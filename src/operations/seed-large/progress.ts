import { clock } from '../../lib/clock.js';

/** One line that keeps changing on a terminal; a line per kind of row in a log. */
export class SeedProgress {
  private readonly began = clock.now();

  constructor(private readonly out: NodeJS.WriteStream) {}

  show = (what: string, done: number, of: number) => {
    const text = `${String(this.seconds()).padStart(4)} s  ${what}${of > 1 ? `: ${done} of ${of}` : ''}`;
    if (this.out.isTTY) this.out.write(`\r\x1b[2K${text}`);
    else if (done === of) this.out.write(`${text}\n`);
  };

  end() {
    if (this.out.isTTY) this.out.write('\r\x1b[2K');
  }

  seconds() {
    return Math.round((clock.now() - this.began) / 1000);
  }
}
