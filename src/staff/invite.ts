import { forUpdate, isDuplicate, tx } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { wake } from '../lib/wake.js';
import { alertOwners } from '../mail/access-alerts.js';
import { queueAccountMail } from '../mail/account-mails.js';
import { AuditLog, User } from '../models/index.js';
import { canonicalEmail } from '../models/rules.js';
import type { Role } from '../models/user.js';
import { stillAdmin } from './still-admin.js';

/**
 * Makes an account for a colleague, without a password: the mail has a link to set one. Throws RuleBroken when the address
 * has an account that somebody has shown to be theirs.
 */
export async function inviteColleague(email: string, role: Exclude<Role, 'customer'>, staff: User) {
  try {
    await tx(() => invite(canonicalEmail(email), role, staff));
  } catch (error) {
    // Invited twice at once.
    if (isDuplicate(error, 'users', 'email')) throw isKnown();
    throw error;
  }
  wake();
}

async function invite(email: string, role: Exclude<Role, 'customer'>, staff: User) {
  await stillAdmin(staff);
  const known = await User.findOne({ where: { email }, ...forUpdate });
  if (known?.verified || known?.isStaff()) throw isKnown();
  // Somebody registered with it and never showed that it was theirs.
  await known?.destroy();
  const user = await User.create({ email, role, verified: true });
  await queueAccountMail('staff_invitation', email, user.language, user);
  await alertOwners(await AuditLog.record(staff, 'invite', user, null, { role }));
}

const isKnown = () => new RuleBroken('errors.staff.known', {}, 'email');

/** Once more, to whoever has set no password yet. Throws NotFound. */
export async function inviteAgain(userId: string, staff: User) {
  await tx(async () => {
    const user = await User.findOne({
      where: { id: userId, passwordHash: null, closedAt: null },
      rejectOnEmpty: new NotFound(),
    });
    if (!user.isStaff()) throw new NotFound();
    await queueAccountMail('staff_invitation', user.email, user.language, user);
    await AuditLog.record(staff, 'invite_again', user, null, null);
  });
  wake();
}
