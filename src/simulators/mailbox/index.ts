import { join } from 'node:path';
import { listen } from '../listener.js';
import type { Listener } from '../listener.js';
import type { Mail } from './mail.js';
import { PostOffice, type MailFault } from './post-office.js';
import { mailboxRoutes } from './routes.js';
import { Shelf } from './shelf.js';

export type { Mail, MailAttachment } from './mail.js';
export type { MailFault } from './post-office.js';

interface Options {
  smtpPort?: number;
  httpPort?: number;
  /** With a directory the mails survive a restart. */
  journalDir?: string;
}

export async function startMailbox({ smtpPort, httpPort, journalDir }: Options = {}): Promise<Mailbox> {
  const shelf = new Shelf(journalDir && join(journalDir, 'mails.jsonl'));
  const office = new PostOffice(shelf);
  const page = await listen(mailboxRoutes(shelf, office), httpPort);
  return new Mailbox(shelf, office, page, await office.open(smtpPort));
}

/** The handle that tests and the demo hold. */
export class Mailbox {
  readonly host = '127.0.0.1';

  constructor(
    private readonly shelf: Shelf,
    private readonly office: PostOffice,
    private readonly page: Listener,
    readonly smtpPort: number,
  ) {}

  get url() {
    return this.page.url;
  }

  get smtpUrl() {
    return `smtp://${this.host}:${this.smtpPort}`;
  }

  /** In the order of arrival. */
  mails(): Mail[] {
    return this.shelf.all();
  }

  waitFor(fits: (mail: Mail) => boolean, timeoutMs = 5000): Promise<Mail> {
    return this.shelf.waitFor(fits, timeoutMs);
  }

  fault(fault: MailFault, times?: number) {
    this.office.faults.order(fault, times);
  }

  lift(fault: MailFault) {
    this.office.faults.lift(fault);
  }

  /** How long every mail takes. */
  set latencyMs(ms: number) {
    this.office.latencyMs = ms;
  }

  clear() {
    this.shelf.clear();
    this.office.faults.liftAll();
    this.office.latencyMs = 0;
  }

  async close() {
    await Promise.all([this.office.close(), this.page.close()]);
  }
}
