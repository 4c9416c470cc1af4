import type { Coupon } from './coupon.js';
import type { Doubt, Plan } from './plan.js';

/** One eSIM. */
export interface Order {
  plan: Plan;
  amount: number;
  status: 'pending' | 'processing' | 'completed' | 'failed' | 'refunded';
  payment: 'pending' | 'paid' | 'failed' | 'refunded';
  unit: 'held' | 'released' | 'consumed';
  /** The wholesaler gave no clear answer. */
  doubt: Doubt | null;
  /** Staff have said that its money goes back. */
  promised: boolean;
  /** Its money is on its way back, and the shop waits for a clear answer. */
  returning: boolean;
  /** Its money has gone back, as far as Stripe knows. */
  returned: boolean;
}

export interface Purchase {
  buyer: string;
  account: string | null;
  email: string;
  coupon: Coupon | null;
  total: number;
  placedAt: number;
  checkAt: number;
  state: 'open' | 'paid' | 'expired';
  /** Of Stripe's session. */
  session: 'none' | 'open' | 'complete' | 'expired';
  orders: Order[];
  /** Refunds made in the dashboard that the shop has not heard of, each with the orders whose money it was. */
  unheard: Order[][];
}
