import { Op } from 'sequelize';
import { sequelize } from '../../database.js';
import { decimalMoney } from '../../lib/money.js';
import { AutomationLog, Order, Purchase, Refund, type User } from '../../models/index.js';
import { within } from '../person.js';
import { pages } from './series.js';

/** Each may have a hundred orders, and each order its timeline. */
const AT_ONCE = 50;

/** How we dealt with wholesalers is no matter of the customer's. */
const OF_THE_SHOP = ['attempt', 'look-up'];

/**
 * `SELECT id …` of what the account bought, and of what was bought with its address by a guest or by an account that was
 * closed since.
 */
export const ownPurchaseIds = ({ id, email }: User) =>
  `SELECT id FROM purchases WHERE "user" = ${sequelize.escape(id)} OR (canonical_email = ${sequelize.escape(email)}
     AND ("user" IS NULL OR "user" IN (SELECT id FROM users WHERE closed_at IS NOT NULL)))`;

/** The code of an eSIM is told only where the account sees it on the page of the order. */
export async function* ownPurchases(user: User) {
  const own = { id: within(ownPurchaseIds(user)) };
  for await (const purchases of pages(Purchase, own, { include: ['coupon'], size: AT_ONCE }))
    yield* await withOrders(purchases, user);
}

async function withOrders(purchases: Purchase[], user: User) {
  const orders = await Order.findAll({
    where: { purchaseId: purchases.map(({ id }) => id) },
    include: ['refund'],
    order: [['position', 'ASC']],
  });
  const timelines = await AutomationLog.findAll({
    where: { orderId: orders.map(({ id }) => id), step: { [Op.notIn]: OF_THE_SHOP } },
    order: [['created', 'ASC']],
  });
  const timelineOf = grouped(timelines, ({ orderId }) => orderId);
  const ordersOf = grouped(orders, ({ purchaseId }) => purchaseId);
  return purchases.map((purchase) => ({
    ...tellPurchase(purchase),
    orders: (ordersOf.get(purchase.id) ?? []).map((order) => ({
      ...tellOrder(order, user),
      timeline: (timelineOf.get(order.id) ?? []).map(tellStep),
    })),
  }));
}

function grouped<Row>(rows: Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

const tellPurchase = (purchase: Purchase & { coupon?: { code: string } | null }) => ({
  placed: purchase.created,
  state: purchase.state,
  paid: purchase.paidAt && new Date(purchase.paidAt),
  email: purchase.email,
  name: purchase.name,
  phone: purchase.phone,
  language: purchase.language,
  payment_method: purchase.paymentMethod,
  currency: purchase.currency,
  subtotal: decimalMoney(purchase.subtotalMinor, purchase.currency),
  discount: decimalMoney(purchase.discountMinor, purchase.currency),
  total: decimalMoney(purchase.totalMinor, purchase.currency),
  coupon: purchase.coupon?.code ?? null,
  stripe: {
    session: purchase.stripeSessionId,
    customer: purchase.stripeCustomerId,
    payment: purchase.paymentIntent,
  },
  consent: purchase.consent,
  ip_address: purchase.ipAddress,
  user_agent: purchase.userAgent,
  utm_source: purchase.utmSource,
  utm_medium: purchase.utmMedium,
  utm_campaign: purchase.utmCampaign,
});

const tellOrder = (order: Order, user: User) => ({
  order_id: order.publicId,
  status: order.status,
  payment_status: order.paymentStatus,
  price: decimalMoney(order.priceMinor, order.currency),
  discount: decimalMoney(order.discountAmountMinor, order.currency),
  amount: decimalMoney(order.amountMinor, order.currency),
  currency: order.currency,
  receipt: order.paymentReceiptUrl,
  terms: order.terms,
  completed: order.completedAt,
  mailed: order.emailSentAt,
  esim: order.status === 'completed' && order.userId === user.id ? tellEsim(order) : null,
  refund: order.refund ? tellRefund(order.refund) : null,
});

const tellEsim = ({ esimActivationCode, esimIccid, esimDetails }: Order) => ({
  activation_code: esimActivationCode,
  confirmation_code: esimDetails?.confirmationCode ?? null,
  iccid: esimIccid,
});

const tellRefund = (refund: Refund) => ({
  amount: decimalMoney(refund.amountMinor, refund.currency),
  state: refund.state,
  reason: refund.reason,
  requested: new Date(refund.requestedAt),
  stripe_refund: refund.stripeRefundId,
});

const tellStep = ({ created, step, statusFrom, statusTo }: AutomationLog) => ({
  at: created,
  step,
  from: statusFrom,
  to: statusTo,
});
