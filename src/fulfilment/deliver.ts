import { isDuplicate, log } from '../database.js';
import { MINUTE } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { mailDelivered } from '../mail/delivered.js';
import { FulfilmentAttempt, type Order } from '../models/index.js';
import type { Esim } from '../providers/provider.js';
import { releaseFor, whileClaimed } from './claim.js';

interface Purchased {
  esim: Esim;
  providerOrderId: string;
  costMinor: number | null;
}

/** Stores a bought eSIM: attempt, order and mail in one transaction. An eSIM that another order holds is never given out. */
export async function deliver(
  order: Order,
  attempt: FulfilmentAttempt,
  { esim, providerOrderId, costMinor }: Purchased,
) {
  try {
    await whileClaimed(order, async (fresh) => {
      const won = await FulfilmentAttempt.findByPk(attempt.id, { rejectOnEmpty: true });
      await won.update({ state: 'succeeded', providerOrderId, costMinor, errorMessage: null });
      await fresh.complete(esim, providerOrderId);
      // Disputed or refunded meanwhile: kept, but not handed out.
      if (!fresh.holdReason) await mailDelivered(fresh);
    });
    wake();
  } catch (error) {
    if (
      !isDuplicate(error, 'orders', 'esim_iccid') &&
      !isDuplicate(error, 'fulfilment_attempts', 'provider_order_id')
    )
      throw error;
    await quarantine(order, attempt);
  }
}

/** The wholesaler answered with an eSIM that is somebody else's already: asked again later, and a person is told. */
async function quarantine(order: Order, attempt: FulfilmentAttempt) {
  log.error({ order: order.publicId, provider: attempt.provider }, 'the wholesaler gave out an eSIM twice');
  if (attempt.state === 'sent')
    await attempt.update({ state: 'unknown', errorMessage: 'eSIM already given to another order' });
  await order.note('attempt', `${attempt.provider} answered with an eSIM that was given out before`, {
    attempt: attempt.number,
  });
  await releaseFor(order, 5 * MINUTE);
}
