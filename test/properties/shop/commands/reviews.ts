import assert from 'node:assert/strict';
import { clock } from '../../../../src/lib/clock.js';
import { Order, Refund, Review, ReviewVote } from '../../../../src/models/index.js';
import * as reviews from '../model/reviews.js';
import type { Plan } from '../model/plan.js';
import type { ModelShop, PlanName } from '../model/shop.js';
import type { Member } from '../real/account.js';
import type { RealShop } from '../real/shop.js';
import { pick, step } from './step.js';

/** Done, or refused with a reason: never anything in between. */
async function expectDone(writing: Promise<unknown>, done: boolean) {
  if (done) await writing;
  else await assert.rejects(writing);
}

/** Of an eSIM of the plan that he has and keeps, else of any order that is at hand. */
async function orderFor(userId: string, productId: string) {
  const orders = await Order.findAll({ raw: true });
  const own = orders.filter((order) => order.userId === userId && order.productId === productId);
  const givenBack = new Set((await Refund.findAll({ raw: true })).map(({ orderId }) => orderId));
  const kept = own.find(({ id, status }) => status === 'completed' && !givenBack.has(id));
  return kept ?? own[0] ?? orders[0];
}

let words = 0;
const content = () => `It worked, ${(words += 1)}`;

async function writeReview(model: ModelShop, shop: RealShop, writer: Member, plan: Plan, rating: number) {
  const userId = shop.userIds[writer];
  const productId = shop.planIds.get(plan.name)!;
  const order = await orderFor(userId, productId);
  const row = { orderId: order!.id, userId, productId, rating, content: content(), created: clock.date() };
  await expectDone(Review.create(row), reviews.write(model, writer, plan, rating));
}

export const write = (writer: Member, plan: PlanName, rating: number) =>
  step(
    `${writer} gives ${plan} ${rating} stars`,
    (model) => model.purchases.length > 0,
    (model, shop) => writeReview(model, shop, writer, model.plans[plan], rating),
  );

const delivered = (model: ModelShop) =>
  model.purchases.flatMap(({ account, orders }) =>
    account ? orders.filter(({ unit }) => unit === 'consumed').map(({ plan }) => ({ account, plan })) : [],
  );

/** Somebody who has got an eSIM; perhaps the money back too, or has said so before. */
export const praise = (which: number, rating: number) =>
  step(
    `a buyer gives ${rating} stars (${which})`,
    (model) => delivered(model).length > 0,
    (model, shop) => {
      const { account, plan } = pick(delivered(model), which);
      return writeReview(model, shop, account as Member, plan, rating);
    },
  );

const someReview = (model: ModelShop) => model.reviews.length > 0;

const rowOf = (shop: RealShop, { writer, plan }: reviews.Review) =>
  Review.findOne({
    where: { userId: shop.userIds[writer as Member], productId: shop.planIds.get(plan.name)! },
    rejectOnEmpty: true,
  });

export const edit = (which: number, rating: number) =>
  step(`a writer makes it ${rating} stars (${which})`, someReview, async (model, shop) => {
    const review = pick(model.reviews, which);
    const row = await rowOf(shop, review);
    await expectDone(row.update({ rating, content: content() }), reviews.edit(model, review, rating));
  });

export const approve = (which: number, approved: boolean) =>
  step(`staff ${approved ? 'approve' : 'hide'} a review (${which})`, someReview, async (model, shop) => {
    const review = pick(model.reviews, which);
    await (await rowOf(shop, review)).update({ isApproved: approved });
    review.approved = approved;
  });

export const vote = (which: number, voter: Member) =>
  step(`${voter} finds a review helpful (${which})`, someReview, async (model, shop) => {
    const review = pick(model.reviews, which);
    const { id } = await rowOf(shop, review);
    await expectDone(
      ReviewVote.create({ reviewId: id, userId: shop.userIds[voter] }),
      reviews.vote(review, voter),
    );
  });

export const withdraw = (which: number) =>
  step(`a review is taken down (${which})`, someReview, async (model, shop) => {
    const review = pick(model.reviews, which);
    await (await rowOf(shop, review)).destroy();
    model.reviews.splice(model.reviews.indexOf(review), 1);
  });
