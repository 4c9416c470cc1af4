import type { BookedOrder } from '../wholesaler/books.js';
import { androidLink, appleLink, lpaOf, type IssuedEsim } from '../wholesaler/esim.js';
import { planFor } from '../wholesaler/plan.js';

/** A profile that can be downloaded. */
export function simView(order: BookedOrder, esim: IssuedEsim) {
  return {
    ...simRow(order, esim),
    qr_code_text: lpaOf(esim),
    smdp_address: esim.host,
    matching_id: esim.matchingId,
    number: null,
    apn: 'internet',
    puk_code: null,
    universal_link: appleLink(esim),
    android_universal_link: androidLink(esim),
    redeem_link: null,
    status: 'Released',
  };
}

/** One that cannot yet. */
export function awaitedSimView(order: BookedOrder, esim: IssuedEsim) {
  return { ...simRow(order, esim), qr_code_text: null, universal_link: null, status: 'Initiated' };
}

function simRow(order: BookedOrder, { simId, iccid }: IssuedEsim) {
  return {
    id: simId,
    iccid,
    created_at: new Date(order.placedAt).toISOString().replace('Z', '000Z'),
    last_bundle: planFor(order.sku).title,
    total_bundles: 1,
  };
}

/** What was bought, apart from the profile it was loaded on. Unlimited quantities are words. */
export function bundleView(order: BookedOrder) {
  const { title, gigabytes } = planFor(order.sku);
  const quantity = gigabytes ?? 'Unlimited';
  return {
    id: bundleId(order),
    package: title,
    initial_data_quantity: quantity,
    initial_data_unit: 'GB',
    rem_data_quantity: quantity,
    rem_data_unit: 'GB',
    date_created: dateTime(order.placedAt),
    date_activated: null,
    date_expiry: null,
    activated: false,
    status: 'Processing',
  };
}

export const bundleId = ({ number }: BookedOrder) =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const dateTime = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
