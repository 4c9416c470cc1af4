import { Op, type WhereOptions } from 'sequelize';
import { Order, type User } from '../models/index.js';
import { NEWEST_FIRST, olderThan, pageOf } from '../models/newest-first.js';
import { progressOf } from './progress.js';

const PAGE = 20;

/** What a buyer looks for; every order is in one of them. */
const STATES: Record<string, WhereOptions<Order>> = {
  under_way: { status: ['pending', 'processing'], paymentStatus: ['pending', 'paid'] },
  ready: { status: 'completed' },
  refunded: { status: ['failed', 'refunded'] },
  not_paid: { status: 'pending', paymentStatus: 'failed' },
};

export const OWN_STATES = Object.keys(STATES);

/** A page of an account's orders, newest first, all or in one state; `next` is the cursor of the page after it, or null. */
export async function ordersOf({ id: userId }: User, state?: string, before?: string) {
  const rows = await Order.findAll({
    where: { [Op.and]: [{ userId }, (state && STATES[state]) || {}, olderThan(before)] },
    include: ['purchase', 'refund'],
    order: NEWEST_FIRST,
    limit: PAGE + 1,
  });
  const { page, next } = pageOf(rows, PAGE);
  return { lines: page.map((order) => ({ order, progress: progressOf(order, order.purchase!) })), next };
}
