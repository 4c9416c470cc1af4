import { endSessions } from '../accounts/end-sessions.js';
import { endTwoStep } from '../accounts/two-step.js';
import { forUpdate, tx } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { wake } from '../lib/wake.js';
import { alertOwners } from '../mail/access-alerts.js';
import { AuditLog, Session, User } from '../models/index.js';
import { stillAdmin } from './still-admin.js';

/** A colleague has lost phone and recovery codes: the second step is gone, and so are all sessions. Throws RuleBroken. */
export async function resetTwoStep(userId: string, staff: User) {
  await tx(async () => {
    await stillAdmin(staff);
    const user = await User.findByPk(userId, { ...forUpdate, rejectOnEmpty: new NotFound() });
    if (user.id === staff.id) throw new RuleBroken('errors.staff.ownTwoStep');
    if (!user.hasTwoStep()) throw new RuleBroken('errors.staff.noTwoStep');
    await endTwoStep(user);
    await endSessions(user);
    await alertOwners(
      await AuditLog.record(staff, 'reset_two_step', user, { twoStep: true }, { twoStep: false }),
    );
  });
  wake();
}

/** Logs somebody out of every browser. Throws NotFound. */
export async function endSessionsOf(userId: string, staff: User) {
  await tx(async () => {
    const user = await User.findByPk(userId, { ...forUpdate, rejectOnEmpty: new NotFound() });
    const sessions = await Session.count({ where: { userId } });
    await endSessions(user);
    await AuditLog.record(staff, 'end_sessions', user, { sessions }, { sessions: 0 });
  });
}
