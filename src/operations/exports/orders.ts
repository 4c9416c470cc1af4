import { countOrders, pageOfOrders } from '../../checkout/list-orders.js';
import type { OrderFilter } from '../../checkout/order-filter.js';
import { decimalMoney } from '../../lib/money.js';
import type { Order } from '../../models/index.js';
import { BATCH, pagesOf, told } from './batches.js';
import { time, type Kind } from './kind.js';

const rowOf = (order: Order) => ({
  order_id: order.publicId,
  created: time(order.created),
  status: order.status,
  payment_status: order.paymentStatus,
  payment_method: order.paymentMethod,
  payment_id: order.paymentId,
  plan: order.terms.name,
  plan_slug: order.terms.slug,
  country: order.country,
  provider: order.provider,
  provider_order_id: order.providerOrderId,
  iccid: order.esimIccid,
  price: decimalMoney(order.priceMinor, order.currency),
  discount: decimalMoney(order.discountAmountMinor, order.currency),
  amount: decimalMoney(order.amountMinor, order.currency),
  currency: order.currency,
  customer_email: order.customerEmail,
  customer_name: order.customerName,
  customer_phone: order.customerPhone,
  delivered_at: time(order.deliveredAt),
  email_sent_at: time(order.emailSentAt),
  hold_reason: order.holdReason,
  error_message: order.errorMessage,
  utm_source: order.utmSource,
  utm_medium: order.utmMedium,
  utm_campaign: order.utmCampaign,
});

const ATTRIBUTES = [
  'id',
  'publicId',
  'created',
  'status',
  'paymentStatus',
  'paymentMethod',
  'paymentId',
  'terms',
  'country',
  'provider',
  'providerOrderId',
  'esimIccid',
  'priceMinor',
  'discountAmountMinor',
  'amountMinor',
  'currency',
  'customerEmail',
  'customerName',
  'customerPhone',
  'deliveredAt',
  'emailSentAt',
  'holdReason',
  'errorMessage',
  'utmSource',
  'utmMedium',
  'utmCampaign',
] as const;

const COLUMNS =
  'order_id created status payment_status payment_method payment_id plan plan_slug country provider provider_order_id iccid price discount amount currency customer_email customer_name customer_phone delivered_at email_sent_at hold_reason error_message utm_source utm_medium utm_campaign'.split(
    ' ',
  );

/** Newest first, as the list is narrowed down. */
export const orders = (filter: OrderFilter): Kind => ({
  columns: COLUMNS,
  count: () => countOrders(filter),
  batches: () =>
    told(
      pagesOf((cursor) => pageOfOrders(filter, cursor, BATCH, ATTRIBUTES)),
      rowOf,
    ),
});
