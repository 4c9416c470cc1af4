import assert from 'node:assert/strict';
import { tx } from '../../../../src/database.js';
import { Order, Product } from '../../../../src/models/index.js';
import { requestRefund } from '../../../../src/payments/request-refund.js';
import type { Code, ModelShop, PlanName } from '../model/shop.js';
import { always, pick, step } from './step.js';

export const restock = (plan: PlanName, units: number) =>
  step(`${units} ${plan} come in`, always, async (model, shop) => {
    const writing = Product.increment('stock', { by: units, where: { id: shop.planIds.get(plan)! } });
    if (model.plans[plan].stock + units < 0) return assert.rejects(writing);
    await writing;
    model.plans[plan].restock(units);
    return undefined;
  });

export const putAway = (plan: PlanName) =>
  step(`staff put ${plan} away`, always, async (model, shop) => {
    await (await shop.plan(plan)).update({ isActive: false, deactivatedByStock: false });
    model.plans[plan].putAway();
  });

const notOut = (model: Readonly<ModelShop>) =>
  Object.values(model.plans).filter(({ shelf }) => shelf !== 'on');

export const putOut = (which: number) =>
  step(
    `staff put a plan on the shelf (${which})`,
    (model) => notOut(model).length > 0,
    async (model, shop) => {
      const plan = pick(notOut(model), which);
      await (await shop.plan(plan.name)).update({ isActive: true });
      plan.putOut();
    },
  );

export const price = (plan: PlanName, minor: number) =>
  step(`${plan} costs ${minor}`, always, async (model, shop) => {
    await (await shop.plan(plan)).update({ priceMinor: minor });
    model.plans[plan].price = minor;
  });

export const limit = (code: Code, uses: number | null) =>
  step(`${code} may be used ${uses ?? 'any number of'} times`, always, async (model, shop) => {
    await (await shop.coupon(code)).update({ usageLimit: uses });
    model.coupons[code].terms.limit = uses;
  });

export const switchCoupon = (code: Code, active: boolean) =>
  step(`${code} is switched ${active ? 'on' : 'off'}`, always, async (model, shop) => {
    await (await shop.coupon(code)).update({ isActive: active });
    model.coupons[code].active = active;
  });

const owing = (model: ModelShop) =>
  model.purchases
    .filter(({ unheard }) => unheard.length === 0)
    .flatMap(({ orders }) => orders)
    .filter(
      (order) => order.status === 'completed' && order.amount > 0 && !order.returned && !order.promised,
    );

/** The worker then asks Stripe. */
export const promiseRefund = (which: number) =>
  step(
    `staff promise somebody the money back (${which})`,
    (model) => owing(model).length > 0,
    async (model, shop) => {
      const order = pick(owing(model), which);
      const row = await Order.findByPk(shop.orderId(model, order), { rejectOnEmpty: true });
      await tx(() => requestRefund(row, 'customer_request'));
      order.promised = true;
    },
  );
