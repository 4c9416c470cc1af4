import { Op, type WhereOptions } from 'sequelize';
import { sequelize } from '../database.js';
import { CouponRedemption, Customer, EmailLog, Order, OrderLink, Purchase, User } from '../models/index.js';
import { newNobody } from '../models/nobody.js';
import { within } from './person.js';

const NO_TRACE = { ipAddress: null, userAgent: null, utmSource: null, utmMedium: null, utmCampaign: null };
/** What led to the payment: needed until it is over. */
const NO_PAYMENT_PAGE = { sessionParams: null, checkoutUrl: null };

/**
 * Takes the person out of those purchases of an address that `which` names, and out of all that hangs on them; amounts,
 * dates, status, what was agreed to, Stripe's ids and the eSIMs stay. They get one address of nobody together, and so does the customer when
 * nothing else is known of the address. Inside the caller's transaction, which has locked the purchases.
 */
export async function forgetPurchases(canonicalEmail: string, which: WhereOptions<Purchase> = {}) {
  const where: WhereOptions<Purchase> = { [Op.and]: [{ canonicalEmail }, which] };
  const nobody = newNobody();
  // Before the purchases: whoever counts them by address finds the customer at the new one.
  if (!(await isKnownOtherwise(canonicalEmail, where)))
    await Customer.update(
      { email: nobody, name: null, phone: null, userId: null },
      { where: { email: canonicalEmail } },
    );
  const empty = { email: nobody, canonicalEmail: nobody, name: null, phone: null, guestKey: null };
  await Purchase.update({ ...empty, ...NO_TRACE, ...NO_PAYMENT_PAGE }, { where });
  await forgetWhatHangsOn(nobody);
}

async function forgetWhatHangsOn(nobody: string) {
  const purchaseId = within(`SELECT id FROM purchases WHERE canonical_email = ${sequelize.escape(nobody)}`);
  const orderId = within(
    `SELECT o.id FROM orders o JOIN purchases p ON p.id = o.purchase WHERE p.canonical_email = ${sequelize.escape(nobody)}`,
  );
  await Order.update(
    { customerEmail: nobody, customerName: null, customerPhone: null, paymentReceiptUrl: null, ...NO_TRACE },
    { where: { purchaseId } },
  );
  await CouponRedemption.update({ redeemer: `email:${nobody}` }, { where: { purchaseId } });
  await OrderLink.destroy({ where: { orderId } });
  await EmailLog.destroy({ where: { orderId, kind: 'review_invitation', status: 'queued' } });
  for (const about of [{ purchaseId }, { orderId }])
    await EmailLog.update({ recipient: nobody, errorMessage: null }, { where: about });
}

/** By an account, or by purchases that are not among these. */
async function isKnownOtherwise(canonicalEmail: string, where: WhereOptions<Purchase>) {
  const accounts = await User.count({ where: { email: canonicalEmail } });
  const [all, these] = [await Purchase.count({ where: { canonicalEmail } }), await Purchase.count({ where })];
  return accounts > 0 || all > these;
}
