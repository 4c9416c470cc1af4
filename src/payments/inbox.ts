import Stripe from 'stripe';
import { isDuplicate, log } from '../database.js';
import { ShopError } from '../errors.js';
import { backOff } from '../lib/back-off.js';
import { MINUTE, SECOND, clock } from '../lib/clock.js';
import { wake } from '../lib/wake.js';
import { claimDue } from '../models/claim.js';
import { WebhookEvent } from '../models/index.js';
import { settings } from '../settings.js';
import { handleEvent } from './handle-event.js';
import { stripe } from './stripe.js';

const TOLERANCE_S = 300;
const LEASE = 2 * MINUTE;

/**
 * Takes an event in: believed by its signature over the raw bytes, stored once, worked on later. Throws ShopError 400
 * for whatever is not Stripe's; a database error passes on as 5xx, so that Stripe sends the event again.
 */
export async function receiveEvent(body: Buffer, signature: string | undefined) {
  const event = verified(body, signature);
  try {
    await WebhookEvent.create({
      source: 'stripe',
      eventId: event.id,
      type: event.type,
      payload: essence(event),
    });
  } catch (error) {
    // Delivered before: once is enough.
    if (!isDuplicate(error, 'webhook_events', 'event_id')) throw error;
  }
  wake();
}

function verified(body: Buffer, signature: string | undefined): Stripe.Event {
  for (const secret of settings.stripe.webhookSecrets) {
    try {
      const event = stripe.webhooks.constructEvent(
        body,
        signature ?? '',
        secret,
        TOLERANCE_S,
        undefined,
        clock.now(),
      );
      if (
        !isFromTheFuture(signature!) &&
        event?.livemode === settings.stripe.livemode &&
        Boolean(event.data?.object)
      )
        return event;
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError))
        throw error;
    }
  }
  throw new ShopError(400, 'errors.badRequest');
}

/** The SDK refuses old stamps only. */
const isFromTheFuture = (signature: string) =>
  Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1]) > clock.now() / SECOND + TOLERANCE_S;

/** Ids only: everything else is asked of Stripe when the event is worked on, and no customer's data is kept here. */
function essence(event: Stripe.Event) {
  const { id, object, payment_intent, charge, metadata } = event.data.object as unknown as Record<
    string,
    unknown
  >;
  return { id, object, payment_intent, charge, metadata, created: event.created };
}

/** Works on one stored event; returns whether there was one. An event is never dropped: it is tried until it is processed. */
export async function processNext(): Promise<boolean> {
  const event = await claimDue(WebhookEvent, { state: 'received' }, LEASE, (row) => ({
    attempts: row.attempts + 1,
  }));
  if (!event) return false;
  try {
    await handleEvent(event);
    await event.update({ state: 'processed', processedAt: clock.date(), leaseUntil: 0, errorMessage: null });
  } catch (error) {
    log.warn({ err: error, event: event.eventId, type: event.type }, 'event not processed yet');
    await event.update({
      errorMessage: error instanceof Error ? error.message : String(error),
      leaseUntil: 0,
      dueAt: clock.now() + backOff(event.attempts, SECOND),
    });
  }
  return true;
}
