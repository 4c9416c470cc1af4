import { Op } from 'sequelize';
import { clock } from '../../lib/clock.js';
import { ContactRequest, EmailLog, OrderLink, ProviderSyncLog, WebhookEvent } from '../../models/index.js';
import { NOBODY } from '../../models/nobody.js';
import { tx } from '../../database.js';
import { forgetRequests } from '../../privacy/forget-letters.js';
import { batchOf, olderThan, removeBatch } from './batches.js';
import { forgetCartsOfGuests, forgetWishlistsOfGuests } from './guests.js';
import { forgetBrowsersOfPurchases, forgetOldPurchases, forgetUnpaidPurchases } from './purchases.js';

const YEAR = 365;

/**
 * What is kept for a time only, and for how many days; the page /privacy says the same. Each takes out one batch and
 * returns how many rows that were. Nothing that money touched is deleted, and nothing that is under way is touched.
 */
export const KEPT_FOR_DAYS = {
  browsers: 90,
  guests: 30,
  unpaid: 90,
  books: 5 * YEAR,
  recipients: 90,
  events: 30,
  syncs: 90,
  requests: 2 * YEAR,
} as const;

export const RULES: Record<string, () => Promise<number>> = {
  'internet address and browser of a purchase': () => forgetBrowsersOfPurchases(KEPT_FOR_DAYS.browsers),
  'carts of guests': () => forgetCartsOfGuests(KEPT_FOR_DAYS.guests),
  'wishlists of guests': () => forgetWishlistsOfGuests(KEPT_FOR_DAYS.guests),
  'who did not pay': () => forgetUnpaidPurchases(KEPT_FOR_DAYS.unpaid),
  'who paid, when the law asks no longer': () => forgetOldPurchases(KEPT_FOR_DAYS.books),
  'whom a mail went to': () => forgetRecipients(KEPT_FOR_DAYS.recipients),
  'events that were worked off': () =>
    removeBatch(WebhookEvent, { state: 'processed', created: olderThan(KEPT_FOR_DAYS.events) }),
  'comparisons with wholesalers': () =>
    removeBatch(ProviderSyncLog, { status: { [Op.ne]: 'running' }, created: olderThan(KEPT_FOR_DAYS.syncs) }),
  'links that open nothing any more': () => removeBatch(OrderLink, { expiresAt: { [Op.lte]: clock.now() } }),
  'who asked us, and what': () => forgetAnsweredRequests(KEPT_FOR_DAYS.requests),
};

async function forgetRecipients(days: number) {
  const id = await batchOf(EmailLog, {
    status: { [Op.ne]: 'queued' },
    recipient: { [Op.notLike]: '%@closed.invalid' },
    created: olderThan(days),
  });
  if (id.length > 0) await EmailLog.update({ recipient: NOBODY, errorMessage: null }, { where: { id } });
  return id.length;
}

/** Open ones are waiting for us, however long. */
async function forgetAnsweredRequests(days: number) {
  const id = await batchOf(ContactRequest, {
    state: ['answered', 'closed'],
    email: { [Op.ne]: NOBODY },
    updated: olderThan(days),
  });
  if (id.length > 0) await tx(() => forgetRequests({ id }));
  return id.length;
}
