import type { CreationAttributes } from 'sequelize';
import { clock } from '../../src/lib/clock.js';
import { FulfilmentAttempt, Refund, type Order, type Product } from '../../src/models/index.js';
import { anOrder, aProduct } from './factories.js';

let count = 0;

/** An order that is paid, of a product of its own unless one is given. */
export async function aPaidOrder(product?: Product, values: Partial<CreationAttributes<Order>> = {}) {
  const order = await anOrder(product ?? (await aProduct()), values);
  await order.markPaid({ paymentId: `pi_${(count += 1)}`, receiptUrl: null, holdReason: null });
  return order;
}

/** An order that a worker is at. */
export async function anOrderAtWork(product?: Product, values: Partial<CreationAttributes<Order>> = {}) {
  const order = await aPaidOrder(product, values);
  return order.update({ status: 'processing' });
}

/** An order whose eSIM is bought and stored. */
export async function aDeliveredOrder(product?: Product, values: Partial<CreationAttributes<Order>> = {}) {
  const order = await anOrderAtWork(product, values);
  const number = (count += 1);
  const iccid = `8901000000000${String(number).padStart(6, '0')}`;
  await order.complete({ iccid, lpa: `LPA:1$smdp.example$CODE-${number}` }, `wholesale-${number}`);
  return order;
}

export async function aFailedOrder(product?: Product) {
  const order = await anOrderAtWork(product);
  await order.fail('Nobody could deliver');
  return order;
}

/** A try to buy an order's eSIM. */
export function anAttempt(order: Order, values: Partial<CreationAttributes<FulfilmentAttempt>> = {}) {
  const number = values.number ?? 1;
  return FulfilmentAttempt.create({
    orderId: order.id,
    number,
    reference: `${order.publicId}-0${number}`,
    provider: 'Airalo',
    providerProductId: 'japan-7days-1gb',
    sentAt: clock.now(),
    ...values,
  });
}

export function aRefund(order: Order, values: Partial<CreationAttributes<Refund>> = {}) {
  return Refund.create({
    orderId: order.id,
    amountMinor: order.amountMinor,
    currency: order.currency,
    reason: 'undeliverable',
    requestedAt: clock.now(),
    ...values,
  });
}
