import { RuleBroken } from '../errors.js';
import type { User } from '../models/index.js';
import { atDesk, type Desk } from './desk.js';
import { liftHold } from './lift-hold.js';

/** Lets a held order go on, because a person has looked. Throws NotFound, or RuleBroken when it is not held, or refunded. */
export const liftHoldByStaff = (publicId: string, why: string, staff: User) =>
  atDesk(publicId, 'lift_hold', staff, async (desk) => {
    const { order } = desk;
    checkLift(desk);
    const before = { holdReason: order.holdReason };
    await liftHold(order, 'Lifted by staff', staff.id);
    return { before, after: { holdReason: null, why } };
  });

/** Throws RuleBroken. */
export function checkLift({ order, refund }: Desk) {
  if (!order.holdReason) throw new RuleBroken('errors.desk.notHeld');
  if (order.status === 'refunded' || (refund && refund.state !== 'failed'))
    throw new RuleBroken('errors.desk.refunding');
}
