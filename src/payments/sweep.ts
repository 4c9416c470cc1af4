import { Op } from 'sequelize';
import { log } from '../database.js';
import { HOUR, MINUTE, clock } from '../lib/clock.js';
import { Purchase } from '../models/index.js';
import { expirePurchase } from './apply.js';
import { settleSession } from './settle.js';
import { stripe } from './stripe.js';

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
  }
  return true;
}

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

/** Closes the payment page, so that nobody pays while we let the stock go. Already complete or expired is fine. */
export async function endSession(sessionId: string) {
  const session = await stripe.checkout.sessions.retrieve(sessionId);
  if (session.status === 'open')
    await stripe.checkout.sessions.expire(sessionId).catch(unlessClosedMeanwhile);
}

function unlessClosedMeanwhile(error: unknown) {
  if ((error as { statusCode?: number }).statusCode !== 400) throw error;
}
