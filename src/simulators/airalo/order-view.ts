import type { BookedOrder } from '../wholesaler/books.js';
import { appleLink, lpaOf, type IssuedEsim } from '../wholesaler/esim.js';
import { planFor } from '../wholesaler/plan.js';

export const COMPLETED = { name: 'Completed', slug: 'completed' };
const APN = { apn_type: 'automatic', apn_value: null };

/** As `POST /orders` answers it (Airalo Partner API docs: submit order). The retail price is a simulator's guess. */
export function orderView(order: BookedOrder) {
  const plan = planFor(order.sku);
  return {
    id: order.number,
    code: `${timestamp(order.placedAt).slice(0, 10).replaceAll('-', '')}-${String(order.number).padStart(6, '0')}`,
    currency: 'USD',
    package_id: order.sku,
    quantity: order.quantity,
    type: 'sim',
    description: order.reference,
    esim_type: 'Prepaid',
    validity: plan.days,
    package: plan.title,
    data: plan.gigabytes === null ? 'Unlimited' : `${plan.gigabytes} GB`,
    price: retailPrice(order.costMinor),
    net_price: order.costMinor / 100,
    pricing_model: 'net_pricing',
    created_at: timestamp(order.placedAt),
    text: null,
    voice: null,
    manual_installation: '<p>Enter the details by hand.</p>',
    qrcode_installation: '<p>Scan the code.</p>',
    installation_guides: { en: 'https://sandbox.airalo.com/installation-guide' },
    brand_settings_name: null,
  };
}

export const simViews = (order: BookedOrder) => order.esims.map((esim) => simView(order, esim));

/** In the list several numbers turn into text. */
export function listedOrder(order: BookedOrder) {
  const view = orderView(order);
  return {
    ...view,
    quantity: String(view.quantity),
    price: view.price.toFixed(2),
    validity: String(view.validity),
    status: COMPLETED,
  };
}

export function simView(order: BookedOrder, esim: IssuedEsim) {
  return {
    id: order.number,
    created_at: timestamp(order.placedAt),
    iccid: esim.iccid,
    lpa: esim.host,
    imsis: null,
    matching_id: esim.matchingId,
    qrcode: lpaOf(esim),
    qrcode_url:
      esim.matchingId && `https://sandbox.airalo.com/qr?expires=0&id=${order.number}&signature=none`,
    direct_apple_installation_url: appleLink(esim),
    airalo_code: null,
    ...APN,
    apn: { ios: APN, android: APN },
    is_roaming: true,
    confirmation_code: null,
    msisdn: null,
  };
}

export const retailPrice = (costMinor: number) => Math.round(costMinor * 1.6) / 100;

/** Airalo's times carry no zone; they are UTC. */
export const timestamp = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
