import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { Faults } from '../faults.js';
import { readMail } from './mail.js';
import type { Shelf } from './shelf.js';

export const MAIL_FAULTS = [
  'down',
  'reject-550',
  'reject-451',
  'drop-before-data',
  'drop-after-data',
] as const;
export type MailFault = (typeof MAIL_FAULTS)[number];

type Answer = (error?: Error | null) => void;

/** Takes every mail in over SMTP, without a password, unless a fault is ordered. */
export class PostOffice {
  latencyMs = 0;
  readonly faults = new Faults<MailFault>({
    down: Infinity,
    'reject-550': 1,
    'reject-451': 1,
    'drop-before-data': 1,
    'drop-after-data': 1,
  });
  private readonly sockets = new Map<number, Socket>();
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 200,
    onConnect: (_session, answer) => this.refuseIf('down', 421, 'Service not available', answer),
    onRcptTo: (_address, _session, answer) => this.refuseIf('reject-550', 550, 'No such mailbox', answer),
    onData: (stream, session, answer) => void this.takeIn(stream, session).then(() => answer(), answer),
  });

  constructor(private readonly shelf: Shelf) {}

  async open(port = 0): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    this.server.server.on('connection', (socket) => this.remember(socket));
    // A sender that hangs up in the middle is its own trouble.
    this.server.on('error', () => {});
    const address = this.server.server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  close() {
    return new Promise<void>((resolve) => this.server.close(resolve));
  }

  private refuseIf(fault: MailFault, code: number, message: string, answer: Answer) {
    answer(this.faults.strikes(fault) ? refusal(code, message) : null);
  }

  private async takeIn(stream: SMTPServerDataStream, session: SMTPServerSession) {
    const mail = await readMail(stream, session.envelope);
    if (this.latencyMs > 0) await pause(this.latencyMs);
    if (this.faults.strikes('reject-451')) throw refusal(451, 'Try again later');
    if (this.faults.strikes('drop-before-data')) return this.hangUp(session);
    this.shelf.put(mail);
    if (this.faults.strikes('drop-after-data')) this.hangUp(session);
  }

  private hangUp({ remotePort }: SMTPServerSession) {
    this.sockets.get(remotePort)?.destroy();
  }

  /** The server does not hand out its sockets, and hanging up needs one. */
  private remember(socket: Socket) {
    const port = socket.remotePort ?? 0;
    this.sockets.set(port, socket);
    socket.once('close', () => this.sockets.delete(port));
  }
}

const refusal = (responseCode: number, message: string) =>
  Object.assign(new Error(message), { responseCode });
