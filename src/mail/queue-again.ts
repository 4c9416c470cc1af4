import { forUpdate, tx } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { clock } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { AuditLog, EmailLog, type User } from '../models/index.js';

/** Puts a refused mail back into the outbox. Throws NotFound, or RuleBroken when it was not refused. */
export async function queueRefusedMail(id: string, staff: User) {
  await change(id, staff, 'send again', (mail) =>
    mail.update({ status: 'queued', attempts: 0, dueAt: clock.now(), errorMessage: null, dismissedAt: null }),
  );
  wake();
}

/** A refused mail that no person need look at any more stays in the log alone. Throws like `queueRefusedMail`. */
export const dismissMail = (id: string, staff: User) =>
  change(id, staff, 'dismiss', (mail) => mail.update({ dismissedAt: clock.date() }));

async function change(id: string, staff: User, action: string, work: (mail: EmailLog) => Promise<unknown>) {
  await tx(async () => {
    const mail = await EmailLog.findOne({ where: { id }, ...forUpdate, rejectOnEmpty: new NotFound() });
    if (mail.status !== 'failed') throw new RuleBroken('errors.mailNotRefused');
    const before = factsOf(mail);
    await work(mail);
    await AuditLog.record(staff, action, mail, before, factsOf(mail));
  });
}

const factsOf = ({ status, dismissedAt }: EmailLog): object => ({ status, dismissed: dismissedAt !== null });
