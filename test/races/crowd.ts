import { expect } from 'chai';
import { Order, type Product } from '../../src/models/index.js';
import { Buyer, type Answer } from '../support/buyer.js';
import { world } from '../support/environment.js';
import { openRivals } from '../support/rivals.js';
import { work } from '../support/work.js';

export interface Attempt extends Answer {
  buyer: Buyer;
}

/** So many buyers, each of whom has filled a cart of his own. */
export async function crowd(size: number, fill: (buyer: Buyer, number: number) => Promise<Answer>) {
  const shops = await openRivals();
  const buyers = Array.from({ length: size }, () => new Buyer(shops));
  const answers = await Promise.all(buyers.map(fill));
  expect(answers.filter(({ status }) => status !== 303)).to.deep.equal([]);
  return buyers;
}

/** Everybody checks out at the same moment. */
export const rush = (buyers: Buyer[]): Promise<Attempt[]> =>
  Promise.all(buyers.map(async (buyer) => ({ buyer, ...(await buyer.checkOut()) })));

/** Who got as far as Stripe; everybody else must have been told why in these words, and that it is not the shop's fault. */
export function winnersOf(attempts: Attempt[], otherwise: RegExp): Attempt[] {
  const [winners, others] = [true, false].map((won) =>
    attempts.filter(({ session }) => (session !== '') === won),
  );
  const untold = others!.filter(
    ({ status, refusal }) => status < 400 || status > 499 || !otherwise.test(refusal),
  );
  expect(untold.map(({ status, location, refusal }) => ({ status, location, refusal }))).to.deep.equal([]);
  return winners!;
}

export const losersOf = (attempts: Attempt[]) =>
  attempts.filter(({ session }) => session === '').map(({ buyer }) => buyer);

/** Every other one pays, the time of the rest runs out, all at once; then the worker does what is due. */
export async function halfPay(winners: Attempt[]) {
  for (const [number, { session }] of winners.entries()) {
    if (number % 2 === 0) world.stripe.pay(session);
    else world.stripe.expire(session);
  }
  await work();
}

/** Where the units of a plan are. */
export async function unitsOf(plan: Product) {
  const { stock, isActive } = await plan.reload();
  const count = (stockState: 'held' | 'consumed') =>
    Order.count({ where: { productId: plan.id, stockState } });
  return { stock, isActive, held: await count('held'), consumed: await count('consumed') };
}
