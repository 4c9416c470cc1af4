import { Op } from 'sequelize';
import { tx } from '../database.js';
import { ShopError } from '../errors.js';
import { clock } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { dueMail } from '../mail/due-mail.js';
import { queueMailAgain } from '../mail/outbox.js';
import { EmailLog, Order, OrderLink } from '../models/index.js';
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
    if (purchase.email === email) return;
    await purchase.update({ email, canonicalEmail: canonicalEmail(email) });
    for (const order of orders) {
      await order.update({ customerEmail: email });
      await order.note('address', 'The customer corrected the e-mail address', null, 'customer');
    }
    await redirectMail(purchaseId, orders, email);
    for (const order of orders) {
      const mail = dueMail(order, purchase);
      if (mail) await queueMailAgain(mail);
    }
  });
  wake();
}

async function redirectMail(purchaseId: string, orders: Order[], recipient: string) {
  const orderId = orders.map(({ id }) => id);
  await OrderLink.revoke(orderId);
  const queued = { status: 'queued' as const, [Op.or]: [{ purchaseId }, { orderId }] };
  await EmailLog.update({ recipient }, { where: queued });
}
