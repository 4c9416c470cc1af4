import { forUpdate, tx } from '../database.js';
import { NotFound } from '../errors.js';
import { clock } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { AuditLog, WebhookEvent, type User } from '../models/index.js';

/** Works on an event once more, at once: what it is about is asked of Stripe, so nothing happens twice. Throws NotFound. */
export async function replayEvent(id: string, staff: User) {
  await tx(async () => {
    const event = await WebhookEvent.findOne({ where: { id }, ...forUpdate, rejectOnEmpty: new NotFound() });
    const before = { state: event.state, attempts: event.attempts };
    await event.update({ state: 'received', attempts: 0, dueAt: clock.now(), processedAt: null });
    await AuditLog.record(staff, 'replay', event, before, { state: event.state, attempts: event.attempts });
  });
  wake();
}
