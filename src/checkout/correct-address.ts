import { Op } from 'sequelize';
import { tx } from '../database.js';
import { RuleBroken, ShopError } from '../errors.js';
import { clock } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { dueMail } from '../mail/due-mail.js';
import { queueMailAgain } from '../mail/outbox.js';
import { AuditLog, EmailLog, Order, OrderLink, type Purchase, type User } from '../models/index.js';
import { isNobody } from '../models/nobody.js';
import { canonicalEmail } from '../models/rules.js';
import { lockPurchase } from '../payments/lock-purchase.js';

/** While nobody has seen a code, or the mail with it was refused; what went back is settled for good. */
export async function mayCorrectAddress(orders: Order[]): Promise<boolean> {
  for (const order of orders) {
    if (order.status === 'refunded') return false;
    if (order.codeShown() && !(await wasRefused(order))) return false;
  }
  return true;
}

/** The receiving server did not take the mail with the code, and no other one has left or is just leaving. */
export async function wasRefused({ id: orderId }: Order): Promise<boolean> {
  const mails = await EmailLog.findAll({ where: { orderId, kind: 'esim_ready' } });
  const gone = mails.some(({ status, leaseUntil }) => status === 'sent' || leaseUntil > clock.now());
  return !gone && mails.some(({ status }) => status === 'failed');
}

/**
 * Gives a purchase the address that its buyer meant. Links to the old one end, and what was mailed there is mailed
 * again. Throws with status 409 when it is too late. The same address again changes nothing.
 */
export async function correctAddress(purchaseId: string, email: string) {
  await tx(async () => {
    const { purchase, orders } = await lockPurchase(purchaseId);
    if (!(await mayCorrectAddress(orders))) throw new ShopError(409, 'errors.order.addressStays');
    await readdress(purchase, orders, email, 'The customer corrected the e-mail address', 'customer');
  });
  wake();
}

/**
 * The same, because the customer asked staff for it. Where somebody has seen a code, it leaves for a new address only by
 * an admin. Throws with status 403 for others, RuleBroken when the customer was erased.
 */
export async function correctAddressByStaff({ purchaseId }: Order, email: string, why: string, staff: User) {
  await tx(async () => {
    const { purchase, orders } = await lockPurchase(purchaseId);
    if (isNobody(purchase.email)) throw new RuleBroken('errors.desk.erased', {}, 'email');
    const unseen = await mayCorrectAddress(orders);
    if (!unseen && staff.role !== 'admin') throw new ShopError(403, 'errors.desk.seenByAdmins');
    if (!(await readdress(purchase, orders, email, 'Staff corrected the e-mail address', staff.id))) return;
    // No address: the books stay when its owner is erased.
    await AuditLog.record(
      staff,
      'correct_address',
      purchase,
      { codeSeen: !unseen },
      { address: 'corrected', why },
    );
  });
  wake();
}

/** Returns whether the address is a new one. */
async function readdress(purchase: Purchase, orders: Order[], email: string, message: string, actor: string) {
  if (purchase.email === email) return false;
  await purchase.update({ email, canonicalEmail: canonicalEmail(email) });
  for (const order of orders) {
    await order.update({ customerEmail: email });
    await order.note('address', message, null, actor);
  }
  await redirectMail(purchase.id, orders, email);
  for (const order of orders) {
    const mail = dueMail(order, purchase);
    if (mail) await queueMailAgain(mail);
  }
  return true;
}

async function redirectMail(purchaseId: string, orders: Order[], recipient: string) {
  const orderId = orders.map(({ id }) => id);
  await OrderLink.revoke(orderId);
  const ofPurchase = { [Op.or]: [{ purchaseId }, { orderId }] };
  await EmailLog.update({ recipient }, { where: { status: 'queued', ...ofPurchase } });
  // What was refused there is said anew to the right address; nobody need look at it.
  await EmailLog.update({ dismissedAt: clock.date() }, { where: { status: 'failed', ...ofPurchase } });
}
