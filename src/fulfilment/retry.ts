import { RuleBroken, ShopError } from '../errors.js';
import { formatMoment } from '../lib/dates.js';
import { clock } from '../lib/clock.js';
import type { User } from '../models/index.js';
import { atDesk, mustBeFree, mustBeWaiting, type Desk } from '../payments/desk.js';

/** The worker takes the order up at once instead of when it meant to. Throws NotFound, or RuleBroken with why that would change nothing. */
export const retryOrder = (publicId: string, staff: User) =>
  atDesk(publicId, 'retry', staff, async (desk) => {
    checkRetry(desk);
    const { order } = desk;
    const before = { dueAt: order.dueAt };
    await order.update({ dueAt: clock.now() });
    await order.note('retry', 'Taken up again at once, as staff asked', null, staff.id);
    return { before, after: { dueAt: order.dueAt } };
  });

/** Throws RuleBroken. */
export function checkRetry({ order, attempts, open, refund }: Desk) {
  mustBeWaiting(order);
  if (refund) throw new RuleBroken('errors.desk.refunding');
  if (order.holdReason && !open) throw new RuleBroken('errors.desk.held');
  mustBeFree(order);
  // Asked sooner, it would say the same, and after five times the money goes back.
  const last = attempts.at(-1);
  if (last?.reason === 'rate_limited' && order.dueAt > clock.now())
    throw new RuleBroken('errors.desk.rateLimited', { until: formatMoment(new Date(order.dueAt), 'en') });
}

export interface Retried {
  publicId: string;
  /** Null when it was taken up. */
  refusal: ShopError | null;
}

/** Each by itself: one that is refused stops no other. */
export async function retryOrders(publicIds: readonly string[], staff: User): Promise<Retried[]> {
  const results: Retried[] = [];
  for (const publicId of publicIds) {
    const refusal = await retryOrder(publicId, staff).then(
      () => null,
      (error: unknown) => {
        if (error instanceof ShopError) return error;
        throw error;
      },
    );
    results.push({ publicId, refusal });
  }
  return results;
}
