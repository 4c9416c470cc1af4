import { forUpdate, tx } from '../database.js';
import { NotFound, RuleBroken } from '../errors.js';
import { isUuid } from '../lib/ids.js';
import { clock } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { AuditLog, FulfilmentAttempt, Order, Refund, type User } from '../models/index.js';

/** An order as it is while staff decides about it: locked, and taken from whatever worker believed to have it. */
export interface Desk {
  order: Order;
  attempts: FulfilmentAttempt[];
  open: FulfilmentAttempt | undefined;
  refund: Refund | null;
}

/**
 * Runs `work` in one transaction on a locked order; what it gives is what the books say: before, and after. Throws NotFound.
 */
export async function atDesk(
  publicId: string,
  action: string,
  staff: User,
  work: (desk: Desk) => Promise<{ before: object; after: object }>,
) {
  if (!isUuid(publicId)) throw new NotFound();
  await tx(async () => {
    const order = await Order.findOne({ where: { publicId }, ...forUpdate, rejectOnEmpty: new NotFound() });
    const attempts = await FulfilmentAttempt.findAll({
      where: { orderId: order.id },
      order: [['number', 'ASC']],
    });
    const refund = await Refund.findOne({ where: { orderId: order.id } });
    const open = attempts.find((attempt) => attempt.isOpen());
    const { before, after } = await work({ order, attempts, open, refund });
    await AuditLog.record(staff, action, order, before, after);
  });
  wake();
}

/** Whoever began something with the order has lost it from now on, as its fence rises. */
export const takeFromWorkers = (order: Order) => order.update({ fence: order.fence + 1, leaseUntil: 0 });

/** Throws RuleBroken while a wholesaler may be on the line for it: a worker's lease outlives every call. */
export function mustBeFree({ leaseUntil }: Order) {
  if (leaseUntil > clock.now()) throw new RuleBroken('errors.desk.atWork');
}

/** Throws RuleBroken, with where it is instead, unless it is paid and not delivered. */
export function mustBeWaiting({ status, paymentStatus }: Order) {
  if (paymentStatus === 'pending' || paymentStatus === 'failed') throw new RuleBroken('errors.desk.unpaid');
  if (status === 'completed') throw new RuleBroken('errors.desk.delivered');
  if (status === 'failed' || status === 'refunded') throw new RuleBroken('errors.desk.over');
}
