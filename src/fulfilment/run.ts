import { log } from '../database.js';
import { LostLease } from '../errors.js';
import { MINUTE, SECOND } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { queueMail } from '../mail/outbox.js';
import { FulfilmentAttempt, type Order } from '../models/index.js';
import { requestRefund } from '../payments/request-refund.js';
import { buyFromOneOf } from './buy.js';
import { claimOrder, releaseFor, whileClaimed } from './claim.js';
import { lookUp } from './look-up.js';
import { offersLeft } from './offers.js';
import { providers } from './providers.js';
import { deliverReturned } from './returned.js';

/**
 * Takes one paid order one step on: look up what is uncertain, else buy from the next offer, else give the money back.
 * Everything it knows stands in the database, so it may die anywhere and be started again. Returns whether there was one.
 */
export async function fulfilNext(): Promise<boolean> {
  const order = await claimOrder();
  if (!order) return false;
  try {
    await step(order);
  } catch (error) {
    await recover(order, error);
  }
  return true;
}

async function step(order: Order) {
  const open = await FulfilmentAttempt.findOne({ where: { orderId: order.id, state: ['sent', 'unknown'] } });
  if (open) {
    const provider = providers.get(open.provider);
    // A wholesaler taken out of the settings while it may owe us an eSIM: wait for a person.
    return provider ? lookUp(order, open, provider) : releaseFor(order, 5 * MINUTE);
  }
  if (await deliverReturned(order)) return undefined;
  const offers = await offersLeft(order);
  return offers.length > 0 ? buyFromOneOf(order, offers) : giveUp(order);
}

/** Nobody can deliver: order failed and refund requested in one transaction. */
async function giveUp(order: Order) {
  await whileClaimed(order, async (fresh) => {
    await fresh.fail('No wholesaler could deliver');
    await requestRefund(fresh, 'undeliverable');
    await queueMail({ kind: 'order_failed', order: fresh });
  });
  wake();
}

async function recover(order: Order, error: unknown) {
  if (error instanceof LostLease) return;
  log.error({ err: error, order: order.publicId }, 'fulfilment step failed, will be repeated');
  await releaseFor(order, 30 * SECOND).catch((failure: unknown) => {
    if (!(failure instanceof LostLease)) throw failure;
  });
}
