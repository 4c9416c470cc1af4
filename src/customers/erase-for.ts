import { tx } from '../database.js';
import { AuditLog, type Customer, type User } from '../models/index.js';
import { isNobody } from '../models/nobody.js';
import { eraseCustomer } from '../privacy/erase.js';

/**
 * Erases a customer who asked us to, with the reason in the books. Does nothing when that was done before. Throws
 * StillMoving, or ShopError 403 for staff.
 */
export async function eraseFor(staff: User, customer: Customer, why: string) {
  await tx(async () => {
    await customer.reload();
    if (isNobody(customer.email)) return;
    await eraseCustomer(customer.email);
    await AuditLog.record(staff, 'erase', customer, { erased: false }, { erased: true, why });
  });
}
