import { QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database.js';
import { MINUTE, SECOND, clock } from '../../src/lib/clock.js';
import { world } from '../support/environment.js';
import { shop } from './mortal-shop.js';
import type { Act } from './story.js';

/** Looks come soon and then far between, so that every wait of the shop ends in one of them. */
const WAITS = [0, 5 * SECOND, 10 * SECOND, 3 * MINUTE, 14 * MINUTE];
const LONG = 4;

/** As many looks as it takes, or as there are. */
export function timePasses(): Act[] {
  let settled = false;
  return WAITS.map((wait) => async () => {
    settled ||= await allSettled();
    if (!settled) await pass(wait);
  });
}

export async function untilSettled() {
  for (const wait of Array.from({ length: LONG }, () => WAITS).flat()) {
    if (await allSettled()) return;
    await pass(wait);
  }
}

/** Time passes, Stripe tells, and the worker does what is due. */
export async function pass(wait: number) {
  clock.advance(wait);
  world.stripe.tick();
  await stripeTells();
  await shop.works();
}

/** Stripe sends what the shop has not taken in yet, one by one. */
export async function stripeTells() {
  for (const { id } of untold()) await world.stripe.deliver(id);
}

/** What the endpoint is not subscribed to. */
const UNASKED = new Set(['charge.succeeded', 'payment_intent.succeeded']);

function untold() {
  if (world.stripe.webhooks !== 'held') return [];
  return world.stripe.events().filter(({ type, answers }) => !UNASKED.has(type) && !answers.includes(200));
}

const UNSETTLED = `
  SELECT id FROM purchases WHERE state = 'open'
  UNION ALL SELECT id FROM orders WHERE payment_status = 'paid' AND status IN ('pending', 'processing')
  UNION ALL SELECT id FROM refunds WHERE state IN ('requested', 'pending')
  UNION ALL SELECT id FROM email_logs WHERE status = 'queued' AND kind <> 'review_invitation'
  UNION ALL SELECT id FROM webhook_events WHERE state = 'received'`;

const allSettled = async () =>
  (await sequelize.query(UNSETTLED, { type: QueryTypes.SELECT })).length + untold().length === 0;
