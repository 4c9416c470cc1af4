import { clock, DAY, HOUR } from '../../lib/clock.js';

/** How much there is to be of what. Everything else follows from it. */
export interface Sizes {
  orders: number;
  products: number;
  /** At most; written by buyers with an account, one for each plan that they kept. */
  reviews: number;
  events: number;
  audit: number;
}

export const LARGE: Sizes = {
  orders: 1_000_000,
  products: 100_000,
  reviews: 1_000_000,
  events: 300_000,
  audit: 200_000,
};

export const STAFF = 5;
export const COUPONS = 200;
const YEARS = 2;

/** What the statements need to know, worked out once. */
export function frameOf(sizes: Sizes) {
  const now = clock.now();
  const every = (count: number) => Math.max(20, Math.floor(sizes.orders / count));
  return {
    ...sizes,
    now,
    start: now - YEARS * 365 * DAY + DAY,
    /** Between the first purchase and the last. */
    span: YEARS * 365 * DAY - DAY - 2 * HOUR,
    /** Of five customers four have an account. */
    customers: 5 * Math.ceil(sizes.orders / 14),
    /** Ten orders are eight purchases: seven of one eSIM, and one of three. */
    purchases: Math.ceil(sizes.orders / 10) * 8,
    /** Whom the retention would have forgotten by now. */
    forgottenBefore: now - 85 * DAY,
    open: Math.max(3, Math.min(50, Math.floor(sizes.orders / 50))),
    /** One order in so many is of a rare kind, such that there are some dozens of it. */
    rare: {
      failed: every(100),
      heldAtWork: every(50),
      heldBefore: every(40),
      review: every(25),
      bounced: every(60),
    },
  };
}

export type Frame = ReturnType<typeof frameOf>;
