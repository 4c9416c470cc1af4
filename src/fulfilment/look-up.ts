import { log } from '../database.js';
import { HOUR, MINUTE, SECOND, clock } from '../lib/clock.js';
import { FulfilmentAttempt, Order } from '../models/index.js';
import type { LookUpOutcome, Provider } from '../providers/provider.js';
import { whileClaimed } from './claim.js';
import { deliver } from './deliver.js';
import { noter } from './note-provider-order.js';

/** After the look-up with this number, wait this long for the next; then every minute. */
const WAITS = [5 * SECOND, 10 * SECOND, 30 * SECOND];
const PENDING_WAITS = [2 * SECOND, 3 * SECOND, 5 * SECOND, 10 * SECOND, 20 * SECOND];
const ASK_A_PERSON_AFTER = 15 * MINUTE;
const MISSES_NEEDED = 3;

/** Asks a wholesaler what became of an open attempt. Nothing else is bought for the order until that is certain. */
export async function lookUp(order: Order, attempt: FulfilmentAttempt, provider: Provider) {
  const outcome = await provider.lookUp({
    reference: attempt.reference,
    sku: attempt.providerProductId,
    providerOrderId: attempt.providerOrderId,
    sentAt: attempt.sentAt,
    isTaken: async (iccid) => (await Order.count({ where: { esimIccid: iccid } })) > 0,
    noteProviderOrder: noter(order, attempt),
  });
  await attempt.update({
    lookUps: attempt.lookUps + 1,
    misses: attempt.misses + (outcome.kind === 'not_found' ? 1 : 0),
  });
  await settle(order, attempt, provider, outcome);
}

async function settle(order: Order, attempt: FulfilmentAttempt, provider: Provider, outcome: LookUpOutcome) {
  switch (outcome.kind) {
    case 'found':
      return deliver(order, attempt, outcome);
    case 'void':
      return abandon(order, attempt, outcome.message);
    case 'not_found':
      if (attempt.misses >= MISSES_NEEDED && attempt.ageMs() > provider.settleWindowMs) {
        return abandon(order, attempt, 'Not bought, as far as can ever be known');
      }
      return wait(order, attempt, 'Not found yet', WAITS);
    case 'pending':
      if (outcome.providerOrderId) await attempt.update({ providerOrderId: outcome.providerOrderId });
      return wait(order, attempt, 'The eSIM is being prepared', PENDING_WAITS);
    case 'ambiguous':
    case 'unreachable':
      return wait(order, attempt, outcome.message, WAITS);
  }
}

async function abandon(order: Order, attempt: FulfilmentAttempt, message: string) {
  await attempt.update({ state: 'abandoned', errorMessage: message });
  await whileClaimed(order, async (fresh) => {
    await fresh.note('attempt', `${attempt.provider}: ${message}`, {
      attempt: attempt.number,
      state: 'abandoned',
    });
    await fresh.update({ leaseUntil: 0, dueAt: clock.now() });
  });
}

async function wait(order: Order, attempt: FulfilmentAttempt, message: string, waits: readonly number[]) {
  if (attempt.ageMs() > ASK_A_PERSON_AFTER) {
    log.error(
      { order: order.publicId, provider: attempt.provider, attempt: attempt.number },
      `purchase unresolved: ${message}`,
    );
  }
  const ms = attempt.ageMs() > HOUR ? 5 * MINUTE : (waits[attempt.lookUps - 1] ?? MINUTE);
  await whileClaimed(order, async (fresh) => {
    if (attempt.lookUps === 1)
      await fresh.note('look-up', `${attempt.provider}: ${message}`, { attempt: attempt.number });
    await fresh.update({ leaseUntil: 0, dueAt: clock.now() + ms });
  });
}
