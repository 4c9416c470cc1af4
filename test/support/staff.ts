import { AuditLog, type User } from '../../src/models/index.js';
import { aMember, confirm, logIn } from './members.js';
import { Visitor } from './visitor.js';

/** Somebody of the staff, logged in. */
export async function aColleague(
  role: 'admin' | 'support' = 'admin',
): Promise<{ user: User; visitor: Visitor }> {
  const user = await aMember({ role });
  const visitor = new Visitor();
  await logIn(visitor, user);
  return { user, visitor };
}

/** An admin who has just shown again who they are. */
export async function aConfirmedAdmin() {
  const admin = await aColleague();
  await confirm(admin.visitor);
  return admin;
}

/** What staff did, oldest first, without what they were refused. */
export async function booked(entity = 'esim_products') {
  const entries = await AuditLog.findAll({ where: { entity }, order: [['created', 'ASC']] });
  return entries.map(({ action, before, after }) => ({ action, before, after }));
}

export const refusals = () => AuditLog.count({ where: { action: 'refused', entity: 'requests' } });
