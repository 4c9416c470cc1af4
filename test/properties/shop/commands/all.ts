import fc from 'fast-check';
import {
  CODES,
  DAY,
  HOUR,
  MINUTE,
  PEOPLE,
  PLANS,
  SECOND,
  type Code,
  type Person,
  type PlanName,
} from '../model/shop.js';
import * as reviews from './reviews.js';
import * as staff from './staff.js';
import { inTurn, type Step } from './step.js';
import * as stripe from './stripe.js';
import * as visitors from './visitors.js';
import * as worker from './worker.js';

const person = fc.constantFrom(...PEOPLE);
const member = fc.constantFrom('bob' as const, 'carol' as const);
const plan = fc.constantFrom(...PLANS);
const code = fc.constantFrom(...CODES);
const email = fc.constantFrom('ann@example.com', 'ben@example.com');
const which = fc.nat(7);
const few = fc.constantFrom(1, 1, 1, 1, 2, 2, 3, 3, 20);
const stars = fc.integer({ min: 1, max: 5 });
const time = fc.constantFrom(10 * SECOND, MINUTE, 4 * MINUTE, 12 * MINUTE, 36 * MINUTE, HOUR, DAY);

const made = <Args extends [unknown, ...unknown[]]>(
  make: (...args: Args) => Step,
  ...args: { [K in keyof Args]: fc.Arbitrary<Args[K]> }
): fc.Arbitrary<Step> =>
  (fc.tuple(...args) as unknown as fc.Arbitrary<Args>).map((values) => make(...values));

/** From the shelf to Stripe's page and mostly past it, so that chance also comes to what happens afterwards. */
const purchase = (
  who: Person,
  what: PlanName,
  quantity: number,
  as: string,
  by: Code | null,
  pays: boolean,
) =>
  inTurn(
    `${who} buys ${quantity} ${what} as ${as}${by ? ` with ${by}` : ''}${pays ? ' and pays' : ''}`,
    visitors.add(who, what, quantity),
    ...(by ? [visitors.enter(who, by)] : []),
    visitors.buy(who, as),
    ...(pays ? [stripe.payLast()] : []),
  );

const mostly = fc.constantFrom(true, true, true, false);

/** What a person, Stripe, a wholesaler or the clock may do; what happens often stands here often. */
export const COMMANDS: fc.Arbitrary<Step>[] = [
  ...often(6, made(purchase, person, plan, few, email, fc.option(code, { freq: 3 }), mostly)),
  ...often(3, made(visitors.add, person, plan, few)),
  made(visitors.change, which, few),
  made(visitors.remove, which),
  ...often(2, made(visitors.enter, person, code)),
  made(visitors.forget, person),
  ...often(3, made(visitors.buy, person, email)),
  made(visitors.buyAndDie, person, email),
  ...often(2, made(visitors.buyAgain, person, which)),
  made(visitors.comeBack, which),
  ...often(4, made(stripe.pay, which)),
  made(stripe.decline, which),
  ...often(3, made(stripe.refundByHand, which, fc.constantFrom('all' as const, 'one' as const))),
  fc.constant(stripe.postmanLeaves()),
  ...often(2, fc.constant(stripe.postmanReturns())),
  made(stripe.deliver, which, fc.constantFrom(1, 3)),
  made(stripe.forge, which),
  ...often(6, fc.constant(worker.work())),
  made(worker.pass, time),
  ...often(4, made(worker.workAfter, time)),
  made(worker.refuse, plan, which),
  ...often(2, made(worker.sell, which)),
  ...often(3, made(worker.trouble, plan, which)),
  ...often(2, made(staff.restock, plan, fc.constantFrom(-2, -1, 1, 2, 5))),
  made(staff.putAway, plan),
  ...often(2, made(staff.putOut, which)),
  made(staff.price, plan, fc.constantFrom(300, 499, 541, 1000)),
  made(staff.limit, code, fc.constantFrom(0, 1, 3, null)),
  made(staff.switchCoupon, code, fc.boolean()),
  ...often(2, made(staff.promiseRefund, which)),
  made(reviews.write, member, plan, stars),
  ...often(4, made(reviews.praise, which, stars)),
  ...often(2, made(reviews.edit, which, stars)),
  ...often(3, made(reviews.approve, which, fc.boolean())),
  ...often(2, made(reviews.vote, which, member)),
  made(reviews.withdraw, which),
];

function often<T>(times: number, what: T): T[] {
  return Array.from({ length: times }, () => what);
}
