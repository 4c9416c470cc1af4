import { Op, literal } from 'sequelize';
import { forUpdate, tx } from '../database.js';
import { LostLease } from '../errors.js';
import { MINUTE, clock } from '../lib/clock.js';
import { claimDue } from '../models/claim.js';
import { Order } from '../models/index.js';

/** Longer than the slowest wholesaler's time-outs together (log in, create, complete), or a call would outlive it. */
const LEASE = 5 * MINUTE;

/** An order on hold buys nothing more, but what was begun for it must still be found out. */
const FREE_OR_UNCERTAIN = {
  [Op.or]: [
    { holdReason: null },
    literal(
      `EXISTS (SELECT 1 FROM fulfilment_attempts a WHERE a."order" = "Order"."id" AND a.state IN ('sent', 'unknown'))`,
    ),
  ],
};

/** Takes the paid order that has waited longest; whoever claims it next has a higher fence. */
export const claimOrder = () =>
  claimDue(
    Order,
    { paymentStatus: 'paid', status: ['pending', 'processing'], ...FREE_OR_UNCERTAIN },
    LEASE,
    (order) => ({ fence: order.fence + 1, status: 'processing' as const }),
  );

/**
 * Runs `work` in one transaction on a fresh copy of a claimed order. Throws LostLease when another worker has claimed
 * it since: then that one finishes it, from what the attempts say.
 */
export function whileClaimed<T>(order: Order, work: (fresh: Order) => Promise<T>): Promise<T> {
  return tx(async () => {
    const fresh = await Order.findByPk(order.id, { rejectOnEmpty: true, ...forUpdate });
    if (fresh.fence !== order.fence) throw new LostLease();
    return work(fresh);
  });
}

/** Lets an order go, to be claimed again after `ms`. */
export const releaseFor = (order: Order, ms: number) =>
  whileClaimed(order, (fresh) => fresh.update({ leaseUntil: 0, dueAt: clock.now() + ms }));
