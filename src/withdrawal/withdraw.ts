import { forUpdate, tx } from '../database.js';
import { RuleBroken } from '../errors.js';
import { clock } from '../lib/clock.js';
import { newToken } from '../lib/ids.js';
import { wake } from '../lib/wake.js';
import { queueMail } from '../mail/outbox.js';
import { ContactRequest, Order, Purchase, Refund } from '../models/index.js';
import { requestRefund } from '../payments/request-refund.js';
import { withdrawalRule } from './rule.js';

/**
 * The buyer's declaration (Directive 2011/83/EU, article 11a): written down, confirmed by mail, and carried out at once
 * when nobody has seen the code; otherwise staff are asked. Throws RuleBroken when it was made before, or when there is
 * nothing to return.
 */
export async function withdraw(orderId: string, reason: string | null) {
  await tx(async () => {
    const order = await Order.findByPk(orderId, { rejectOnEmpty: true, ...forUpdate });
    order.refund = await Refund.findOne({ where: { orderId } });
    const rule = withdrawalRule(order);
    if (rule === 'declared') throw new RuleBroken('errors.withdrawal.done');
    if (rule === 'nothing') throw new RuleBroken('errors.withdrawal.nothing');
    await order.update({ withdrawnAt: clock.date() });
    await order.note('withdrawal', 'The customer withdrew from the contract', { rule }, 'customer');
    if (rule === 'at_once') await requestRefund(order, 'customer_request');
    else await askStaff(order, reason);
    await queueMail({ kind: 'withdrawal_received', order });
  });
  wake();
}

async function askStaff(order: Order, reason: string | null) {
  const { language } = await Purchase.findByPk(order.purchaseId, { rejectOnEmpty: true });
  await ContactRequest.create({
    formKey: newToken(),
    orderId: order.id,
    userId: order.userId,
    answeredById: null,
    email: order.customerEmail,
    topic: 'refund',
    message: reason ? `Withdrawal: ${reason}` : 'Withdrawal, no reason given.',
    language,
  });
}
