import { z } from 'zod';
import { detail, usableEsim } from '../activation.js';
import { costOf } from '../cents.js';
import type { Reading } from '../outcomes.js';

// MobiMatter reseller API, "Placing order": OrderViewModel.
const LineItem = z.object({
  productId: z.string(),
  wholesalePrice: detail,
  lineItemDetails: z.array(z.object({ name: z.string().trim(), value: detail })).nullish(),
  oneClickInstall: z.object({ ios: detail, android: detail }).nullish().catch(null),
});

export const Order = z.object({
  orderId: z.string(),
  orderState: z.string(),
  label: detail,
  currencyCode: detail,
  orderLineItem: LineItem,
});
export type Order = z.infer<typeof Order>;

export const OrderAnswer = z.object({ result: Order });
export const CreatedAnswer = z.object({ result: z.object({ orderId: z.string().regex(/^[\w-]{1,64}$/) }) });

export interface Ordered {
  orderId: string;
  reference: string;
  sku: string;
}

/** Why this is not the order that was asked about; null when it is. */
export function differenceFrom({ orderId, reference, sku }: Ordered, order: Order): string | null {
  const productId = order.orderLineItem.productId;
  if (order.orderId !== orderId) return `MobiMatter answered with order ${order.orderId}, not ${orderId}`;
  if (productId !== sku) return `MobiMatter order ${orderId} is for product ${productId}, not ${sku}`;
  if (order.label && order.label !== reference)
    return `MobiMatter order ${orderId} carries another reference`;
  return null;
}

/** A completed order, or one in the making. */
export function readOrder(order: Order, ordered: Ordered): Reading {
  const message = differenceFrom(ordered, order);
  if (message) return { kind: 'mismatch', message };
  const providerOrderId = order.orderId;
  if (order.orderState === 'Processing') return { kind: 'waiting', providerOrderId };
  if (order.orderState !== 'Completed')
    return { kind: 'mismatch', message: `MobiMatter order ${providerOrderId} is ${order.orderState}` };

  const esim = esimOf(order.orderLineItem);
  return esim
    ? { kind: 'issued', esim, providerOrderId, costMinor: costOfOrder(order) }
    : { kind: 'waiting', providerOrderId };
}

function esimOf(item: Order['orderLineItem']) {
  const details = new Map(item.lineItemDetails?.map(({ name, value }) => [name, value]));
  return usableEsim({
    iccid: details.get('ICCID'),
    lpa: details.get('LOCAL_PROFILE_ASSISTANT'),
    smdp: details.get('SMDP_ADDRESS'),
    matchingId: details.get('ACTIVATION_CODE'),
    confirmationCode: details.get('CONF_CODE'),
    appleUrl: item.oneClickInstall?.ios,
    androidUrl: item.oneClickInstall?.android,
    apn: details.get('ACCESS_POINT_NAME'),
  });
}

function costOfOrder({ currencyCode, orderLineItem }: Order) {
  return !currencyCode || currencyCode === 'USD' ? costOf(orderLineItem.wholesalePrice) : null;
}
