import assert from 'node:assert/strict';
import { placePurchase } from '../../../../src/checkout/place-purchase.js';
import { newToken } from '../../../../src/lib/ids.js';
import { CartItem } from '../../../../src/models/index.js';
import { world } from '../../../support/environment.js';
import type { Page } from '../../../support/visitor.js';
import * as cart from '../model/cart.js';
import { checkOut, place, sendAgain, type Answer } from '../model/checkout.js';
import { settle } from '../model/payment.js';
import type { Code, ModelShop, Person, PlanName } from '../model/shop.js';
import type { RealShop } from '../real/shop.js';
import { always, pick, step } from './step.js';

/** The shop's answer: a redirect for what was done, a page with the reason for what was refused. */
const expectDone = ({ status }: Page, done: boolean) => {
  if (done) assert.equal(status, 303);
  else assert.ok([404, 409, 422].includes(status), `answered ${status}`);
};

export const add = (person: Person, plan: PlanName, quantity: number) =>
  step(`${person} puts ${quantity} ${plan} into the cart`, always, async (model, shop) => {
    const form = { product_id: shop.planIds.get(plan)!, quantity: String(quantity) };
    const answer = await shop.visitor(person).post('/cart/items', form);
    expectDone(answer, cart.add(model, person, model.plans[plan], quantity));
  });

const hasSomething = (person: Person) => (model: Readonly<ModelShop>) => model.cart(person).size > 0;

const lines = (model: Readonly<ModelShop>) =>
  [...model.carts].flatMap(([person, content]) => [...content.keys()].map((plan) => ({ person, plan })));

const someLine = (model: Readonly<ModelShop>) => lines(model).length > 0;

/** A line of somebody's cart, and where it is changed. */
async function lineOf(model: ModelShop, shop: RealShop, which: number) {
  const { person, plan } = pick(lines(model), which);
  const userId = person === 'alice' ? null : shop.userIds[person];
  const line = await CartItem.findOne({ where: { userId, productId: shop.planIds.get(plan.name)! } });
  return { person, plan, path: `/cart/items/${line!.id}` };
}

export const change = (which: number, quantity: number) =>
  step(`somebody wants ${quantity} instead (${which})`, someLine, async (model, shop) => {
    const { person, plan, path } = await lineOf(model, shop, which);
    const answer = await shop.visitor(person).post(path, { quantity: String(quantity) });
    expectDone(answer, cart.change(model, person, plan, quantity));
  });

export const remove = (which: number) =>
  step(`something is taken out of a cart (${which})`, someLine, async (model, shop) => {
    const { person, plan, path } = await lineOf(model, shop, which);
    expectDone(await shop.visitor(person).post(`${path}/removal`, {}), true);
    model.cart(person).delete(plan);
  });

export const enter = (person: Person, code: Code) =>
  step(`${person} enters ${code}`, hasSomething(person), async (model, shop) => {
    const answer = await shop.visitor(person).post('/cart/coupon', { code });
    expectDone(answer, cart.enter(model, person, model.coupons[code]));
  });

export const forget = (person: Person) =>
  step(
    `${person} takes the coupon back`,
    (model) => model.entered.has(person),
    async (model, shop) => {
      expectDone(await shop.visitor(person).post('/cart/coupon/removal', {}), true);
      model.entered.delete(person);
    },
  );

const answerOf = ({ status, location }: Page): Answer => {
  if (status !== 303) return 'refused';
  return location!.startsWith(world.stripe.url) ? 'to Stripe' : 'to the order';
};

const form = (form_key: string, email: string) => ({
  form_key,
  email,
  payment_method: 'card',
  consent: 'yes',
});

export const buy = (person: Person, email: string) =>
  step(`${person} checks out as ${email}`, hasSomething(person), async (model, shop) => {
    const formKey = newToken();
    const before = model.purchases.length;
    const expected = checkOut(model, person, email);
    assert.equal(answerOf(await shop.visitor(person).post('/checkout', form(formKey, email))), expected);
    if (model.purchases.length > before) await shop.note(formKey);
  });

/** The process ends between placing a purchase and asking Stripe for a page. */
export const buyAndDie = (person: Person, email: string) =>
  step(
    `${person} checks out as ${email}, and the shop dies before Stripe is asked`,
    // Which of several open purchases is ended first is the shop's own business.
    (model) => hasSomething(person)(model) && model.open(person).length === 0,
    async (model, shop) => {
      const formKey = newToken();
      const nobody = { name: null, phone: null, ipAddress: null, userAgent: null };
      const couponCode = model.entered.get(person)?.code;
      const ways = { paymentMethod: 'card', codeDelivery: 'link', consent: null } as const;
      const buyer = { ...nobody, ...ways, email, language: 'en', couponCode };
      const placed = place(model, person, email);
      const placing = placePurchase(formKey, await shop.cart(person), buyer);
      if (!placed) return assert.rejects(placing, { name: /OutOfStock|RuleBroken/ });
      await placing;
      return shop.note(formKey);
    },
  );

const placedBy = (model: ModelShop, person: Person) =>
  model.purchases.filter(({ buyer }) => buyer === person);

export const buyAgain = (person: Person, which: number) =>
  step(
    `${person} sends the form of an earlier checkout again (${which})`,
    (model) => placedBy(model, person).length > 0,
    async (model, shop) => {
      const purchase = pick(placedBy(model, person), which);
      const placed = shop.placed[model.purchases.indexOf(purchase)]!;
      const expected = sendAgain(model, person, purchase);
      const answer = await shop.visitor(person).post('/checkout', form(placed.formKey, purchase.email));
      assert.equal(answerOf(answer), expected);
      await shop.noteSession(placed);
    },
  );

/** Back from Stripe's page, on which all may have happened, or nothing. */
export const comeBack = (which: number) =>
  step(
    `a buyer comes back from Stripe (${which})`,
    (model) => model.purchases.some(({ session }) => session !== 'none'),
    async (model, shop) => {
      const purchase = pick(
        model.purchases.filter(({ session }) => session !== 'none'),
        which,
      );
      const { session } = shop.placed[model.purchases.indexOf(purchase)]!;
      const page = await shop.visitor(purchase.buyer as Person).get(`/checkout/return?session_id=${session}`);
      assert.equal(page.status, purchase.orders.length === 1 ? 303 : 200);
      if (purchase.state === 'open') settle(model, purchase);
    },
  );
