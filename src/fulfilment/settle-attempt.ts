import { RuleBroken } from '../errors.js';
import { MINUTE, clock } from '../lib/clock.js';
import { formatMoment } from '../lib/dates.js';
import type { FulfilmentAttempt, User } from '../models/index.js';
import { atDesk, mustBeFree, takeFromWorkers, type Desk } from '../payments/desk.js';
import { handOver } from './deliver.js';
import { orRefused } from './issue-by-hand.js';
import { providers } from './providers.js';
import { mustBeNobodys, purchasedAs, type TypedEsim } from './typed-esim.js';

/** Of a wholesaler that is not in the settings any more. */
const LONGEST_WINDOW = 15 * MINUTE;

/**
 * A person knows from the wholesaler what an open attempt has bought: it is delivered as if the shop had been told.
 * Throws NotFound, or RuleBroken when there is nothing to settle, or the eSIM is somebody's.
 */
export async function settleAsBought(publicId: string, typed: TypedEsim, why: string, staff: User) {
  const purchased = purchasedAs(typed);
  await orRefused(() =>
    atDesk(publicId, 'settle_attempt', staff, async (desk) => {
      const { order } = desk;
      const attempt = openOne(desk);
      if (typed.provider !== attempt.provider)
        throw new RuleBroken('errors.desk.otherProvider', {}, 'provider');
      await mustBeNobodys(purchased.esim);
      await takeFromWorkers(order);
      const before = { attempt: attempt.number, state: attempt.state };
      const { providerOrderId, costMinor } = purchased;
      await attempt.update({
        state: 'succeeded',
        providerOrderId,
        costMinor,
        errorMessage: null,
        settledById: staff.id,
      });
      await order.note(
        'attempt',
        `${attempt.provider}: bought, as staff found out`,
        { attempt: attempt.number },
        staff.id,
      );
      await handOver(order, purchased.esim, providerOrderId);
      return { before, after: { attempt: attempt.number, state: attempt.state, why } };
    }),
  );
}

/**
 * A person knows for certain that an open attempt has bought nothing: the order goes on. Throws NotFound, or RuleBroken
 * when there is nothing to settle, or a purchase may still appear at the wholesaler's.
 */
export const settleAsNotBought = (publicId: string, why: string, staff: User) =>
  atDesk(publicId, 'settle_attempt', staff, async (desk) => {
    const { order } = desk;
    const attempt = openOne(desk);
    const until = mayAppearUntil(attempt);
    if (clock.now() < until)
      throw new RuleBroken('errors.desk.tooSoon', { until: formatMoment(new Date(until + MINUTE), 'en') });
    await takeFromWorkers(order);
    const before = { attempt: attempt.number, state: attempt.state };
    await attempt.update({ state: 'rejected', reason: 'by_hand', settledById: staff.id });
    await order.note(
      'attempt',
      `${attempt.provider}: not bought, as staff found out`,
      { attempt: attempt.number },
      staff.id,
    );
    await order.update({ dueAt: clock.now() });
    return { before, after: { attempt: attempt.number, state: attempt.state, why } };
  });

/** Until then "there is none" does not mean that there will be none. */
const mayAppearUntil = ({ provider, sentAt }: FulfilmentAttempt) =>
  sentAt + (providers.get(provider)?.settleWindowMs ?? LONGEST_WINDOW);

/** Throws RuleBroken. */
export function openOne({ order, open }: Desk): FulfilmentAttempt {
  if (!open) throw new RuleBroken('errors.desk.nothingOpen');
  mustBeFree(order);
  return open;
}
