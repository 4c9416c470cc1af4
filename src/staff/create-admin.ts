import { hashPassword } from '../accounts/password.js';
import { tx } from '../database.js';
import { alertOwners } from '../mail/access-alerts.js';
import { AuditLog, User } from '../models/index.js';
import { canonicalEmail } from '../models/rules.js';

/** An admin with a new account. Throws RuleBroken when the address has one already: nobody is made an admin in passing. */
export async function createAdmin(email: string, password: string): Promise<User> {
  const passwordHash = await hashPassword(password);
  return tx(async () => {
    const user = await User.create({
      email: canonicalEmail(email),
      role: 'admin',
      verified: true,
      passwordHash,
    });
    const after = { role: 'admin', by: 'admin:create' };
    const entry = { actorId: null, action: 'create', entity: 'users', entityId: user.id, after };
    await alertOwners(await AuditLog.create(entry));
    return user;
  });
}
