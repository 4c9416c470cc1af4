import { z } from 'zod';
import { IllegalMove, OutOfStock, RuleBroken } from '../errors.js';
import { Op } from 'sequelize';
import { forUpdate } from '../database.js';
import { isUuid, newUuid } from '../lib/ids.js';
import { PROVIDERS } from '../providers/provider.js';
import { neverDeleted } from './books.js';
import { keepFieldRules } from './field-rules.js';
import { statesOf } from './moves.js';
import { checkMoves, checkStatus, PAYMENT, SOLD, STATUS, STOCK } from './order-moves.js';
import { CODE_DELIVERIES, type Order } from './order.js';
import { Product } from './product.js';
import { PAYMENT_METHODS, Purchase } from './purchase.js';
import { Refund } from './refund.js';
import { returnDays } from './return-days.js';
import { ReturnedEsim } from './returned-esim.js';
import { amount, line, oneOf, rules, wholeFrom } from './rules.js';

const GUARDED = [...SOLD, 'status', 'paymentStatus', 'stockState', 'revealedAt', 'withdrawnAt'] as const;

/** What orders refuse with a sentence: data-model section 2. */
export function keepOrderRules(orders: typeof Order) {
  orders.beforeValidate('have a UUID that no other order has', async (order, { skip = [] }) => {
    if (!order.isNewRecord || skip.includes('publicId')) return;
    if (!order.publicId) order.publicId = newUuid();
    else if ((await orders.count({ where: { publicId: order.publicId } })) > 0)
      throw new RuleBroken('errors.order.id', {}, 'order_id');
  });

  keepFieldRules(orders, {
    publicId: line(36, 'errors.order.id').refine(isUuid, 'errors.order.id'),
    status: statesOf(STATUS),
    paymentStatus: statesOf(PAYMENT),
    stockState: statesOf(STOCK),
    paymentMethod: oneOf(PAYMENT_METHODS, 'errors.paymentMethod'),
    paymentId: line(255, 'errors.required'),
    priceMinor: amount('errors.amount'),
    discountAmountMinor: amount('errors.amount'),
    amountMinor: amount('errors.amount'),
    currency: rules.currency,
    codeDelivery: oneOf(CODE_DELIVERIES, 'errors.codeDelivery'),
    returnDays,
    esimActivationCode: z.string().min(1, 'errors.order.noCode'),
    provider: oneOf(PROVIDERS, 'errors.provider'),
    customerEmail: rules.email,
    customerName: rules.personName,
    customerPhone: rules.phone,
    retryCount: wholeFrom(0, 'errors.whole'),
  });

  orders.beforeCreate(
    'begin pending, unpaid, with its unit held',
    ({ status, paymentStatus, stockState }) => {
      if (status !== 'pending' || paymentStatus !== 'pending' || stockState !== 'held')
        throw new RuleBroken('errors.order.begins');
    },
  );

  orders.beforeCreate('add up', ({ priceMinor, discountAmountMinor, amountMinor }) => {
    if (amountMinor !== priceMinor - discountAmountMinor) throw new RuleBroken('errors.sum');
  });

  orders.beforeCreate('share the discount of its purchase', async ({ purchaseId, discountAmountMinor }) => {
    if (discountAmountMinor === 0) return;
    const purchase = await Purchase.findByPk(purchaseId, { rejectOnEmpty: true });
    const given = (await orders.sum('discountAmountMinor', { where: { purchaseId } })) ?? 0;
    if (given + discountAmountMinor > purchase.discountMinor) throw new RuleBroken('errors.order.discount');
  });

  orders.beforeCreate('take one from the shelf', async ({ productId }) => {
    // The database's trigger moves the unit, so that no path of writing can forget it; this says no in a sentence.
    const product = await Product.findByPk(productId, { rejectOnEmpty: true, ...forUpdate });
    if (!product.onSale()) throw new OutOfStock(product.name);
  });

  orders.beforeUpdate('move as its tables allow', checkMoves);

  orders.beforeUpdate('give a used unit back only with its eSIM', async (order) => {
    if (order.previous('stockState') !== 'consumed' || order.stockState !== 'released') return;
    const came = await ReturnedEsim.count({ where: { returnedById: order.id } });
    if (order.status !== 'refunded' || came === 0) throw new IllegalMove('stock', 'consumed', 'released');
  });

  orders.beforeUpdate('be what its status says', checkStatus);

  orders.beforeUpdate('reveal a code once, and not while its money goes back', async (order) => {
    if (!order.changed('revealedAt')) return;
    if (order.previous('revealedAt')) throw new RuleBroken('errors.order.revealed');
    if (order.status !== 'completed') throw new RuleBroken('errors.order.noCode');
    // Completed this moment, while somebody returns the money in Stripe's dashboard: seen all the same.
    if (order.previous('status') !== 'completed') return;
    // Who withdrew before seeing it gets the money at once, and after a refused refund by another way.
    const state = order.withdrawnAt ? {} : { state: { [Op.ne]: 'failed' as const } };
    const refunds = await Refund.count({ where: { orderId: order.id, ...state } });
    if (refunds > 0) throw new RuleBroken('errors.order.returning');
  });

  orders.beforeUpdate('be withdrawn from once, when paid', (order) => {
    if (!order.changed('withdrawnAt')) return;
    if (order.previous('withdrawnAt')) throw new RuleBroken('errors.withdrawal.done');
    if (!['paid', 'refunded'].includes(order.paymentStatus)) throw new RuleBroken('errors.order.unpaid');
  });

  orders.beforeBulkUpdate('move orders one at a time', ({ fields = [] }) => {
    const guarded = GUARDED.filter((field) => fields.includes(field));
    if (guarded.length > 0) throw new RuleBroken('errors.order.bulk', { fields: guarded.join(', ') });
  });

  neverDeleted(orders);
}
