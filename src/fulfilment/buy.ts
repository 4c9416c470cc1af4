import { isDuplicate, log } from '../database.js';
import { LostLease } from '../errors.js';
import { MINUTE, SECOND, clock } from '../lib/clock.js';
import { FulfilmentAttempt, Purchase, type Order } from '../models/index.js';
import type { BuyOutcome } from '../providers/provider.js';
import { releaseFor, whileClaimed } from './claim.js';
import { deliver } from './deliver.js';
import { noter } from './note-provider-order.js';
import type { Offer } from './offers.js';

const FIRST_LOOK_AFTER = 5 * SECOND;
const ASK_PENDING_AFTER = 2 * SECOND;
const WAIT_FOR_TURN = 2 * SECOND;
const WAIT_AT_MOST = MINUTE;

/**
 * Buys an order's eSIM from the first of these offers that can be asked now. The attempt is committed before the
 * wholesaler hears of it. Where another purchase of the same SKU must end first, the order waits its turn for a minute
 * after the payment, and then tries the next offer.
 */
export async function buyFromOneOf(order: Order, offers: Offer[]) {
  for (const offer of offers) {
    const attempt = await begin(order, offer);
    if (attempt) return buy(order, attempt, offer);
    if (!(await hasWaited(order))) break;
  }
  return releaseFor(order, WAIT_FOR_TURN);
}

async function hasWaited({ purchaseId }: Order) {
  const { paidAt } = await Purchase.findByPk(purchaseId, { rejectOnEmpty: true });
  return clock.now() - (paidAt ?? 0) > WAIT_AT_MOST;
}

async function buy(order: Order, attempt: FulfilmentAttempt, offer: Offer) {
  // A worker that stood still for too long: another may have given this attempt up and bought elsewhere.
  if (clock.now() > order.leaseUntil) throw new LostLease();
  const outcome = await offer.provider.buy({
    reference: attempt.reference,
    sku: offer.sku,
    noteProviderOrder: noter(order, attempt),
  });
  await attempt.update({ durationMs: attempt.ageMs() });
  await settle(order, attempt, outcome);
}

/** Null while another order's purchase of the same SKU is open at a wholesaler that could not tell the two apart. */
async function begin(order: Order, { provider, sku }: Offer): Promise<FulfilmentAttempt | null> {
  try {
    return await whileClaimed(order, async (fresh) => {
      const number = 1 + (await FulfilmentAttempt.count({ where: { orderId: fresh.id } }));
      const attempt = await FulfilmentAttempt.create({
        orderId: fresh.id,
        number,
        reference: `${fresh.publicId}-${String(number).padStart(2, '0')}`,
        provider: provider.name,
        providerProductId: sku,
        serialKey: provider.serialPerSku ? `${provider.name}:${sku}` : null,
        sentAt: clock.now(),
      });
      await fresh.update({ retryCount: number - 1 });
      await fresh.note('attempt', `Buying from ${provider.name}`, { attempt: number });
      return attempt;
    });
  } catch (error) {
    if (isDuplicate(error, 'fulfilment_attempts', 'serial_key')) return null;
    throw error;
  }
}

async function settle(order: Order, attempt: FulfilmentAttempt, outcome: BuyOutcome) {
  switch (outcome.kind) {
    case 'bought':
      return deliver(order, attempt, outcome);
    case 'pending':
      await attempt.update({ providerOrderId: outcome.providerOrderId });
      return releaseFor(order, ASK_PENDING_AFTER);
    case 'rejected':
      await attempt.update({ state: 'rejected', reason: outcome.why, errorMessage: outcome.message });
      return next(order, attempt, outcome.message, 0);
    case 'retry_later':
      await attempt.update({ state: 'rejected', reason: 'rate_limited', errorMessage: outcome.message });
      return next(order, attempt, outcome.message, outcome.afterMs);
    case 'unknown':
      await attempt.update({ state: 'unknown', errorMessage: outcome.message });
      return next(order, attempt, `No clear answer: ${outcome.message}`, FIRST_LOOK_AFTER);
  }
}

async function next(order: Order, attempt: FulfilmentAttempt, message: string, ms: number) {
  log.warn(
    { order: order.publicId, attempt: attempt.number, provider: attempt.provider, state: attempt.state },
    message,
  );
  await whileClaimed(order, async (fresh) => {
    await fresh.note('attempt', `${attempt.provider}: ${message}`, {
      attempt: attempt.number,
      state: attempt.state,
    });
    await fresh.update({ leaseUntil: 0, dueAt: clock.now() + ms });
  });
}
