import { EventEmitter } from 'node:events';
import { Journal } from '../journal.js';
import type { Mail } from './mail.js';

export const KEPT = 500;

/** The last mails, and who is waiting for the next one. */
export class Shelf {
  private readonly journal: Journal<Mail>;
  private readonly arrivals = new EventEmitter<{ mail: [Mail] }>().setMaxListeners(0);

  constructor(file?: string) {
    this.journal = new Journal(file);
  }

  put(mail: Mail) {
    this.journal.put(mail);
    this.forgetOldest();
    this.arrivals.emit('mail', mail);
  }

  /** In the order of arrival. */
  all(): Mail[] {
    return this.journal.all().slice(-KEPT);
  }

  get(id: string): Mail | undefined {
    return this.journal.get(id);
  }

  clear() {
    this.journal.clear();
  }

  /** The first mail that fits, of those already here or still to come. */
  waitFor(fits: (mail: Mail) => boolean, timeoutMs: number): Promise<Mail> {
    const here = this.all().find(fits);
    return here ? Promise.resolve(here) : this.nextThat(fits, timeoutMs);
  }

  private nextThat(fits: (mail: Mail) => boolean, timeoutMs: number) {
    return new Promise<Mail>((resolve, reject) => {
      const look = (mail: Mail) => {
        if (fits(mail)) finish(() => resolve(mail));
      };
      const timer = setTimeout(() => finish(() => reject(new Error(this.complaint(timeoutMs)))), timeoutMs);
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.arrivals.off('mail', look);
        settle();
      };
      this.arrivals.on('mail', look);
    });
  }

  private complaint(timeoutMs: number) {
    const subjects = this.all().map(({ to, subject }) => `${to.join()}: ${subject}`);
    return `No such mail within ${timeoutMs} ms. Here are: ${subjects.join('; ') || 'none'}`;
  }

  /** The file is written anew, so this waits until it is worth it. */
  private forgetOldest() {
    const mails = this.journal.all();
    if (mails.length < 2 * KEPT) return;
    this.journal.clear();
    for (const mail of mails.slice(-KEPT)) this.journal.put(mail);
  }
}
