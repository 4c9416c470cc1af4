import assert from 'node:assert/strict';
import { stripe as api } from '../../../../src/payments/stripe.js';
import { world } from '../../../support/environment.js';
import type { Order, Purchase } from '../model/purchase.js';
import type { ModelShop } from '../model/shop.js';
import { pick, step } from './step.js';

const { stripe } = world;

const payable = (model: ModelShop) => model.purchases.filter(({ session }) => session === 'open');
const someonePays = (model: ModelShop) => payable(model).length > 0;

const payFor = (words: string, choose: (model: ModelShop) => Purchase) =>
  step(words, someonePays, async (model, shop) => {
    const purchase = choose(model);
    stripe.pay(shop.sessionOf(model, purchase));
    purchase.session = 'complete';
  });

export const pay = (which: number) =>
  payFor(`somebody pays (${which})`, (model) => pick(payable(model), which));

export const payLast = () => payFor('the last one pays', (model) => payable(model).at(-1)!);

export const decline = (which: number) =>
  step(`somebody’s card is declined (${which})`, someonePays, async (model, shop) => {
    stripe.pay(shop.sessionOf(model, pick(payable(model), which)), '4000000000000002');
  });

/** Refunds are made by hand of all that is left, or of one delivered eSIM whose price names it. */
export const refundByHand = (which: number, part: 'all' | 'one') =>
  step(
    `${part} of a payment is refunded in Stripe’s dashboard (${which})`,
    (model) => refundable(model, part).length > 0,
    async (model, shop) => {
      const { purchase, orders } = pick(refundable(model, part), which);
      await api.refunds.create({
        payment_intent: shop.intentOf(model, purchase),
        amount: orders.reduce((sum, { amount }) => sum + amount, 0),
      });
      for (const order of orders) order.returned = true;
      purchase.unheard.push(orders);
    },
  );

function refundable(model: ModelShop, part: 'all' | 'one'): { purchase: Purchase; orders: Order[] }[] {
  return model.purchases
    .filter(({ session }) => session === 'complete')
    .flatMap((purchase) => {
      const left = purchase.orders.filter(({ returned }) => !returned);
      if (part === 'all') return left.length > 0 ? [{ purchase, orders: left }] : [];
      const named = left.filter(
        (order) =>
          order.status === 'completed' &&
          !order.promised &&
          left.filter(({ amount }) => amount === order.amount).length === 1,
      );
      return named.map((order) => ({ purchase, orders: [order] }));
    });
}

export const postmanLeaves = () =>
  step(
    'Stripe’s news stop coming',
    ({ postman }) => postman === 'works',
    async (model) => {
      model.postman = 'is away';
      stripe.webhooks = 'held';
    },
  );

export const postmanReturns = () =>
  step(
    'Stripe’s news come, the late ones too',
    ({ postman }) => postman === 'is away',
    async (model) => {
      model.postman = 'works';
      await stripe.deliverAll();
      stripe.webhooks = 'automatic';
    },
  );

export const deliver = (which: number, times: number) =>
  step(
    `an event arrives ${times} times (${which})`,
    () => stripe.events().length > 0,
    async () => {
      const answers = await stripe.deliver(pick(stripe.events(), which).id, times);
      assert.deepEqual(
        answers,
        Array.from({ length: times }, () => 200),
      );
    },
  );

export const forge = (which: number) =>
  step(
    `somebody forges an event (${which})`,
    () => stripe.events().length > 0,
    async () => {
      assert.equal(await stripe.forge(pick(stripe.events(), which).id, 'wrong-secret'), 400);
    },
  );
