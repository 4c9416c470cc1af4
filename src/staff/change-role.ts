import { endSessions } from '../accounts/end-sessions.js';
import { endTwoStep } from '../accounts/two-step.js';
import { forUpdate, tx } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { wake } from '../lib/wake.js';
import { alertOwners } from '../mail/access-alerts.js';
import { AuditLog, User } from '../models/index.js';
import type { Role } from '../models/user.js';
import { stillAdmin } from './still-admin.js';

/**
 * Somebody comes into the back office, goes, or may do more or less there; their sessions end. Does nothing when the role
 * is the same. Throws RuleBroken for one's own role, the last admin, and an account that cannot be trusted with one.
 */
export async function changeRole(userId: string, role: Role, staff: User) {
  await tx(async () => {
    await stillAdmin(staff);
    const user = await User.findByPk(userId, { ...forUpdate, rejectOnEmpty: new NotFound() });
    if (user.id === staff.id) throw new RuleBroken('errors.staff.ownRole', {}, 'role');
    if (user.closedAt) throw new RuleBroken('errors.staff.closed');
    if (!user.verified) throw new RuleBroken('errors.staff.unverified');
    if (user.role === role) return;
    const before = { role: user.role };
    if (role === 'customer') await endTwoStep(user);
    await user.update({ role });
    await endSessions(user);
    await alertOwners(await AuditLog.record(staff, 'change_role', user, before, { role }));
  });
  wake();
}
