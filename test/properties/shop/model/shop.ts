import { Coupon } from './coupon.js';
import { Plan } from './plan.js';
import type { Purchase } from './purchase.js';
import type { Review } from './reviews.js';

export const PLANS = ['japan', 'korea', 'europe'] as const;
export type PlanName = (typeof PLANS)[number];
/** Alice is a guest, the others have accounts. */
export const PEOPLE = ['alice', 'bob', 'carol'] as const;
export type Person = (typeof PEOPLE)[number];
export const CODES = ['TENOFF', 'FIVEOFF', 'ALLOFF'] as const;
export type Code = (typeof CODES)[number];

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * The whole shop in memory, as small as it can be said: what is on the shelf, in the carts, bought, paid, delivered, given
 * back and said of it. Its verbs stand beside it, one file each; `words.ts` tells its state line by line.
 */
export class ModelShop {
  /** How much has been done. */
  steps = 0;
  /** Milliseconds since the beginning. */
  now = 0;
  /** Whether Stripe's news reach the shop at once. */
  postman: 'works' | 'is away' = 'works';
  readonly plans: Record<PlanName, Plan> = {
    japan: new Plan('japan', 450, 4, 1),
    korea: new Plan('korea', 1000, 3, 1),
    europe: new Plan('europe', 520, 6, 2),
  };
  readonly coupons: Record<Code, Coupon> = {
    TENOFF: new Coupon('TENOFF', { percent: 10, until: DAY, limit: 2, perPerson: 1 }),
    FIVEOFF: new Coupon('FIVEOFF', { fixed: 500, least: 500, limit: null, perPerson: 2 }),
    ALLOFF: new Coupon('ALLOFF', { percent: 100, limit: 1, perPerson: null }),
  };
  /** What each has in the cart, in the order in which it was put there. */
  readonly carts = new Map<Person, Map<Plan, number>>(PEOPLE.map((person) => [person, new Map()]));
  /** The coupon that each has entered. */
  readonly entered = new Map<Person, Coupon>();
  readonly purchases: Purchase[] = [];
  readonly reviews: Review[] = [];

  cart(person: Person) {
    return this.carts.get(person)!;
  }

  open(person: Person) {
    return this.purchases.filter(({ buyer, state }) => buyer === person && state === 'open');
  }

  orders() {
    return this.purchases.flatMap(({ orders }) => orders);
  }
}

export const accountOf = (person: Person) => (person === 'alice' ? null : person);
