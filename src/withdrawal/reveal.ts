import { forUpdate, tx } from '../database.js';
import { RuleBroken } from '../errors.js';
import { clock } from '../lib/clock.js';
import { Order } from '../models/index.js';
import type { Consent } from '../models/purchase.js';

/**
 * Shows a code that was kept behind the order's link, from now on; with the consent, which ends the right to withdraw,
 * in the order's timeline. Does nothing the second time. Throws RuleBroken when there is no code, or its money is on the
 * way back.
 */
export async function revealCode(orderId: string, consent: Consent) {
  await tx(async () => {
    const order = await Order.findByPk(orderId, { rejectOnEmpty: true, ...forUpdate });
    if (order.revealedAt) return;
    if (order.holdReason) throw new RuleBroken('errors.order.held');
    await order.update({ revealedAt: clock.date() });
    await order.note('reveal', 'The customer asked to see the code', { consent }, 'customer');
  });
}
