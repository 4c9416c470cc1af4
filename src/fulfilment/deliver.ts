import { isDuplicate, log } from '../database.js';
import { MINUTE } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { mailDelivered } from '../mail/delivered.js';
import { FulfilmentAttempt, type Order } from '../models/index.js';
import type { Esim } from '../providers/provider.js';
import { releaseFor, whileClaimed } from './claim.js';

export interface Purchased {
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
      await handOver(fresh, esim, providerOrderId);
    });
    wake();
  } catch (error) {
    if (!isGivenOut(error)) throw error;
    await quarantine(order, attempt);
  }
}

/** The eSIM is this locked order's, and its buyer is written to. Inside the transaction in which its attempt succeeded. */
export async function handOver(order: Order, esim: Esim, providerOrderId: string) {
  await order.complete(esim, providerOrderId);
  // Disputed or refunded meanwhile: kept, but not handed out.
  if (!order.holdReason) await mailDelivered(order);
}

/** Whether a write was refused because the eSIM, or the wholesaler's order, is another order's. */
export const isGivenOut = (error: unknown) =>
  isDuplicate(error, 'orders', 'esim_iccid') ||
  isDuplicate(error, 'orders', 'esim_activation_code') ||
  isDuplicate(error, 'fulfilment_attempts', 'provider_order_id');

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
