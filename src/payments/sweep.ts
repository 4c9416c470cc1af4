import { Op } from 'sequelize';
import { log } from '../database.js';
import { DAY, HOUR, MINUTE, clock } from '../lib/clock.js';
import { Purchase } from '../models/index.js';
import { expirePurchase, holdForReview } from './apply.js';
import { endSession } from './end-session.js';
import { settleSession } from './settle.js';

const LOOK_EVERY = MINUTE;
const LOOK_FOR_TRANSFER_EVERY = HOUR;
/** A session that was asked for and never answered cannot be paid; its end is waited for all the same. */
const GRACE = 5 * MINUTE;

/**
 * Asks Stripe about one open purchase that is due, so that a payment is found even if no webhook and no buyer ever
 * comes back, and ends the ones that ran out. Returns whether there was one.
 */
export async function sweepNext(): Promise<boolean> {
  const purchase = await Purchase.findOne({
    where: { state: 'open', checkAt: { [Op.lte]: clock.now() } },
    order: [['checkAt', 'ASC']],
  });
  if (!purchase) return false;
  await purchase.checkAgainIn(purchase.awaitingFundsSince ? LOOK_FOR_TRANSFER_EVERY : LOOK_EVERY);
  try {
    await sweep(purchase);
  } catch (error) {
    // Unsure is not expired: the stock stays held until Stripe answers.
    log.warn({ err: error, purchase: purchase.id }, 'purchase could not be checked');
    if (isLost(purchase, error)) await holdForReview(purchase.id, 'Stripe does not know this payment', null);
  }
  return true;
}

/** Made with another account's keys, for instance: Stripe will not know it tomorrow either. */
const isLost = (purchase: Purchase, error: unknown) =>
  (error as { code?: string }).code === 'resource_missing' && clock.now() > purchase.expiresAt + DAY;

async function sweep(purchase: Purchase) {
  const overdue = clock.now() > purchase.expiresAt;
  if (!purchase.stripeSessionId) {
    if (clock.now() > purchase.expiresAt + GRACE)
      await expirePurchase(purchase.id, 'The payment was never started');
    return;
  }
  if (overdue && purchase.awaitingFundsSince === null) await endSession(purchase.stripeSessionId);
  await settleSession(purchase.stripeSessionId);
}
