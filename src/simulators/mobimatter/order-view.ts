import type { BookedOrder } from '../wholesaler/books.js';
import { androidLink, appleLink, lpaOf, type IssuedEsim } from '../wholesaler/esim.js';
import { planFor } from '../wholesaler/plan.js';

/** One white point: nobody scans it. */
const QR_CODE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==';

const STATES = { held: 'Created', bought: 'Completed', cancelled: 'Cancelled', expired: 'Expired' };

/** MobiMatter docs: OrderViewModel. */
export function orderView(order: BookedOrder, merchantId: string) {
  return { ...orderWithoutEsim(order, merchantId), orderState: STATES[order.state] };
}

/** Paid, and the profile still on its way. */
export function processingView(order: BookedOrder, merchantId: string) {
  return { ...orderWithoutEsim({ ...order, esims: [] }, merchantId), orderState: 'Processing' };
}

function orderWithoutEsim(order: BookedOrder, merchantId: string) {
  const plan = planFor(order.sku);
  const [esim] = order.esims;
  return {
    orderId: order.id,
    externalId: null,
    merchantId,
    currencyCode: 'USD',
    created: seconds(order.placedAt),
    updated: seconds(order.boughtAt ?? order.placedAt),
    label: order.reference,
    orderLineItem: {
      productId: order.sku,
      productCategory: 'esim_realtime',
      productFamilyId: '120',
      productFamilyName: plan.title,
      title: plan.title,
      provider: '22',
      providerName: `${plan.countryName} Mobile`,
      providerLogo: 'https://mobimatter.com/logo.png',
      retailPrice: retailPrice(order.costMinor),
      wholesalePrice: order.costMinor / 100,
      lineItemDetails: esim ? detailsOf(esim) : [],
      ...(esim?.matchingId && { oneClickInstall: { ios: appleLink(esim), android: androidLink(esim) } }),
    },
  };
}

/** Names come with trailing blanks at times. */
function detailsOf(esim: IssuedEsim) {
  const code = esim.matchingId && [
    { name: 'LOCAL_PROFILE_ASSISTANT', value: lpaOf(esim) },
    { name: 'QR_CODE', value: QR_CODE },
    { name: 'SMDP_ADDRESS', value: esim.host },
    { name: 'ACTIVATION_CODE', value: esim.matchingId },
  ];
  return [
    ...(code || []),
    { name: 'ICCID ', value: esim.iccid },
    { name: 'ACCESS_POINT_NAME', value: 'internet' },
    { name: 'PHONE_NUMBER', value: '' },
  ];
}

export const retailPrice = (costMinor: number) => Math.round(costMinor * 1.6) / 100;

const seconds = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
